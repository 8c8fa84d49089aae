//! The choices, and the document's attributes that follow from them; the style sheet does the rest.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::settings;

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the tablet is set.
    Tablet,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How much stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contrast {
    /// As the tablet is set.
    Tablet,
    /// As much as can be.
    More,
}

/// How large the text is, of what the tablet makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextSize {
    /// 100 %.
    Ordinary,
    /// 125 %.
    Large,
    /// 150 %.
    Larger,
    /// 200 %.
    Double,
}

/// A choice that is kept under a key, as a code.
pub trait Setting: Copy + PartialEq + 'static {
    /// The key.
    const KEY: &'static str;
    /// What there is, with its codes; the first holds until something is chosen.
    const ALL: &'static [(Self, &'static str)];

    /// The code of this one.
    fn code(self) -> &'static str {
        Self::ALL.iter().find(|(one, _)| *one == self).map_or("", |(_, code)| code)
    }

    /// The one with this code.
    fn from_code(code: Option<&str>) -> Self {
        let found = Self::ALL.iter().find(|(_, known)| code == Some(*known));
        found.unwrap_or(&Self::ALL[0]).0
    }
}

impl Setting for Theme {
    const KEY: &'static str = "kjent-theme";
    const ALL: &'static [(Self, &'static str)] =
        &[(Theme::Tablet, "auto"), (Theme::Light, "light"), (Theme::Dark, "dark")];
}

impl Setting for Contrast {
    const KEY: &'static str = "kjent-contrast";
    const ALL: &'static [(Self, &'static str)] =
        &[(Contrast::Tablet, "auto"), (Contrast::More, "more")];
}

impl Setting for TextSize {
    const KEY: &'static str = "kjent-text-size";
    const ALL: &'static [(Self, &'static str)] = &[
        (TextSize::Ordinary, "100"),
        (TextSize::Large, "125"),
        (TextSize::Larger, "150"),
        (TextSize::Double, "200"),
    ];
}

/// What is chosen.
#[derive(Clone, Copy)]
pub struct Appearance {
    pub(super) theme: RwSignal<Theme>,
    pub(super) contrast: RwSignal<Contrast>,
    pub(super) text_size: RwSignal<TextSize>,
}

impl Appearance {
    /// Reads what was chosen, tells the document, and provides it to the settings.
    pub fn provide() {
        let it = Self {
            theme: RwSignal::new(remembered()),
            contrast: RwSignal::new(remembered()),
            text_size: RwSignal::new(remembered()),
        };
        settings::on_change(move || {
            it.theme.set(remembered());
            it.contrast.set(remembered());
            it.text_size.set(remembered());
        });
        it.tell_document();
        provide_context(it);
    }

    /// What `provide` provided.
    pub fn get() -> Self {
        expect_context()
    }

    fn tell_document(self) {
        let wants_more = tablet_wants_more_contrast();
        Effect::new(move || {
            let more = self.contrast.get() == Contrast::More || wants_more.get();
            let contrast = if more { Contrast::More } else { Contrast::Tablet };
            let attributes = [
                ("data-color-scheme", self.theme.get().code()),
                ("data-contrast", contrast.code()),
                ("data-text-size", self.text_size.get().code()),
            ];
            if let Some(root) = document().document_element() {
                for (name, value) in attributes {
                    let _set = root.set_attribute(name, value);
                }
            }
        });
    }
}

/// Takes a choice and keeps it.
pub(super) fn choose<S: Setting + Send + Sync>(setting: RwSignal<S>, chosen: S) {
    setting.set(chosen);
    settings::keep(S::KEY, chosen.code());
}

fn remembered<S: Setting>() -> S {
    S::from_code(settings::read(S::KEY).as_deref())
}

/// Whether the tablet itself is set to more contrast, now and whenever that changes.
fn tablet_wants_more_contrast() -> ReadSignal<bool> {
    let query = window().match_media("(prefers-contrast: more)").ok().flatten();
    let (wants, set_wants) = signal(query.as_ref().is_some_and(|query| query.matches()));
    if let Some(query) = query {
        let asked = query.clone();
        let changed = Closure::<dyn Fn()>::new(move || set_wants.set(asked.matches()));
        let _listening =
            query.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
        changed.forget();
    }
    wants
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_found_by_its_code() {
        assert_eq!(Theme::from_code(Some("dark")), Theme::Dark);
        assert_eq!(Theme::from_code(Some("purple")), Theme::Tablet);
        assert_eq!(TextSize::from_code(None), TextSize::Ordinary);
        for (size, code) in TextSize::ALL {
            assert_eq!(size.code(), *code);
        }
        assert_eq!(Contrast::from_code(Some(Contrast::More.code())), Contrast::More);
    }
}
