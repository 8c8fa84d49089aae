//! The app's entry point in the webview: mounts the root view on the page's body.

fn main() {
    leptos::mount::mount_to_body(kjent_app::App);
}
