// Starts the app's wasm. A file of its own because the content security policy allows no inline script.
import init from "/kjent.js";

try {
  await init({ module_or_path: "/kjent_bg.wasm" });
} catch (error) {
  // Nothing of the app runs yet, its translations neither: say it in plain words and keep the cause.
  const message = document.createElement("p");
  message.setAttribute("role", "alert");
  message.textContent =
    "Kjent kunne ikke starte. Lukk appen og åpne den igjen. Det du har skrevet, er lagret på nettbrettet.";
  document.body.replaceChildren(message);
  throw error;
}
