"use strict";
self.addEventListener("push", (event) => {
  const told = event.data ? event.data.json() : {};
  event.waitUntil(self.registration.showNotification(told.title || "Something new is waiting for you", {
    body: told.body || "", tag: told.tag, data: { url: told.url || "/" }, icon: "/static/milium/icon.svg",
  }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.url));
});
