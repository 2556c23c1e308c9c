// Shows a reminder while the page is closed; a press on it opens the page, where the whole letter waits.

self.addEventListener("push", (event) => {
  const { title, body, tag, lang } = event.data.json();
  // The same tag replaces the same reminder, should it come twice.
  event.waitUntil(self.registration.showNotification(title, { body, tag, lang, icon: "/static/icon.svg" }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(
    self.clients.matchAll({ type: "window", includeUncontrolled: true }).then((open) => (
      open.length ? open[0].focus() : self.clients.openWindow("/")
    )),
  );
});
