"""Published comparisons as tables for researchers, with a codebook."""
