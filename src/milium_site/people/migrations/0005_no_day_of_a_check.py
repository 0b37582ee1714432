from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0004_days_to_credentials")]

    operations = [migrations.RemoveField(model_name="specialist", name="checked_on")]
