//! Saves a draft while it is being written: at once on a tap, within a moment of a key, also while
//! the typing goes on.
//!
//! One save at a time and the newest last, so that an older draft can't overtake a newer one, and
//! nothing is saved after the draft was signed. It holds the draft itself and not the screen's
//! signals, so what was typed is saved also when the screen goes away in that moment.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::time::Duration;

use chrono::NaiveDateTime;
use js_sys::Promise;
use kjent_core::problem::Problem;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// How long a key may wait to be saved.
const MOMENT: Duration = Duration::from_millis(300);

/// How far the saving has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing has been written since the screen opened; when it was saved before that.
    Untouched(Option<NaiveDateTime>),
    /// Something is not saved yet.
    Saving,
    /// The shell answered that it is saved.
    Saved(NaiveDateTime),
    /// It is not saved; it is still in the form.
    Failed(Problem),
}

thread_local! {
    /// The savers of what is on the screen.
    static SAVERS: RefCell<Vec<Weak<dyn Flush>>> = const { RefCell::new(Vec::new()) };
}

/// What can be told to save without knowing what.
trait Flush {
    /// Saves what waits, and does `then` when that has been tried.
    fn flush_then(self: Rc<Self>, then: Box<dyn FnOnce()>);
}

/// Saves what waits in every form on the screen, and returns when it has been tried: before the lock
/// closes the database.
pub async fn flush_all() {
    let savers: Vec<_> = SAVERS.with_borrow_mut(|savers| {
        savers.retain(|saver| saver.strong_count() > 0);
        savers.iter().filter_map(Weak::upgrade).collect()
    });
    for saver in savers {
        let tried = Promise::new(&mut |tell, _| {
            let saver = Rc::clone(&saver);
            saver.flush_then(Box::new(move || drop(tell.call0(&JsValue::UNDEFINED))));
        });
        // It is only ever fulfilled.
        let _tried = JsFuture::from(tried).await;
    }
}

type Saving = Pin<Box<dyn Future<Output = Result<NaiveDateTime, Problem>>>>;

/// What a command that saves answers.
pub trait SavedAt {
    /// When it was saved.
    fn at(self) -> NaiveDateTime;
}

/// The tablet's own clock.
impl SavedAt for NaiveDateTime {
    fn at(self) -> NaiveDateTime {
        self
    }
}

/// A command that doesn't tell when: it was now.
impl SavedAt for () {
    fn at(self) -> NaiveDateTime {
        crate::clock::now()
    }
}

struct Inner<D> {
    send: Box<dyn Fn(D) -> Saving>,
    pending: RefCell<Option<D>>,
    busy: Cell<bool>,
    timer: Cell<Option<TimeoutHandle>>,
    closing: RefCell<Option<Box<dyn FnOnce()>>>,
    /// What is done when what waits now has been tried.
    tried: RefCell<Vec<Box<dyn FnOnce()>>>,
    state: ArcRwSignal<SaveState>,
}

impl<D: Clone + 'static> Flush for Inner<D> {
    fn flush_then(self: Rc<Self>, then: Box<dyn FnOnce()>) {
        let saver = Saver(self);
        saver.flush();
        if saver.0.busy.get() {
            saver.0.tried.borrow_mut().push(then);
        } else {
            then();
        }
    }
}

/// Saves drafts of one thing.
pub struct Saver<D>(Rc<Inner<D>>);

impl<D> Clone for Saver<D> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<D: Clone + 'static> Saver<D> {
    /// Saves by `send`; `saved_at` tells when the draft was saved before.
    pub fn new<F, A>(saved_at: Option<NaiveDateTime>, send: impl Fn(D) -> F + 'static) -> Self
    where
        F: Future<Output = Result<A, Problem>> + 'static,
        A: SavedAt,
    {
        let inner = Rc::new(Inner {
            send: Box::new(move |draft| {
                let saving = send(draft);
                Box::pin(async move { saving.await.map(SavedAt::at) })
            }),
            pending: RefCell::new(None),
            busy: Cell::new(false),
            timer: Cell::new(None),
            closing: RefCell::new(None),
            tried: RefCell::new(Vec::new()),
            state: ArcRwSignal::new(SaveState::Untouched(saved_at)),
        });
        let known: Weak<dyn Flush> = Rc::downgrade(&(Rc::clone(&inner) as Rc<dyn Flush>));
        SAVERS.with_borrow_mut(|savers| {
            savers.retain(|saver| saver.strong_count() > 0);
            savers.push(known);
        });
        Self(inner)
    }

    /// How far it has come.
    pub fn state(&self) -> ArcReadSignal<SaveState> {
        self.0.state.read_only()
    }

    /// Saves at once.
    pub fn now(&self, draft: D) {
        self.keep(draft);
        self.flush();
    }

    /// Saves within a moment, together with the keys that come in it.
    pub fn later(&self, draft: D) {
        self.keep(draft);
        let saver = self.clone();
        let save = move || {
            saver.0.timer.take();
            saver.run();
        };
        let running = self.0.timer.take();
        self.0.timer.set(running.or_else(|| set_timeout_with_handle(save, MOMENT).ok()));
    }

    /// Saves what waits, at once.
    pub fn flush(&self) {
        self.stop_timer();
        self.run();
    }

    /// Drops what waits, and does `then` when no save is under way any more.
    pub fn close(&self, then: impl FnOnce() + 'static) {
        self.stop_timer();
        self.0.pending.take();
        if self.0.busy.get() {
            self.0.closing.replace(Some(Box::new(then)));
        } else {
            then();
        }
    }

    fn keep(&self, draft: D) {
        self.0.pending.replace(Some(draft));
        if self.0.state.with_untracked(|state| *state != SaveState::Saving) {
            self.0.state.set(SaveState::Saving);
        }
    }

    fn stop_timer(&self) {
        if let Some(timer) = self.0.timer.take() {
            timer.clear();
        }
    }

    fn run(&self) {
        if self.0.busy.get() {
            return;
        }
        let Some(draft) = self.0.pending.take() else {
            if let Some(then) = self.0.closing.take() {
                then();
            }
            return;
        };
        self.0.busy.set(true);
        let saver = self.clone();
        spawn_local(async move {
            let result = (saver.0.send)(draft.clone()).await;
            saver.0.busy.set(false);
            saver.settle(draft, result);
        });
    }

    fn settle(&self, draft: D, result: Result<NaiveDateTime, Problem>) {
        let newer = self.0.pending.borrow().is_some();
        if !newer {
            for then in self.0.tried.take() {
                then();
            }
        }
        match result {
            Ok(_) if newer => {}
            Ok(at) => self.0.state.set(SaveState::Saved(at)),
            Err(problem) => {
                self.0.state.set(SaveState::Failed(problem));
                if !newer && self.0.closing.borrow().is_none() {
                    // Kept for the next key, blur or tap; not tried over and over.
                    self.0.pending.replace(Some(draft));
                    return;
                }
            }
        }
        self.run();
    }
}
