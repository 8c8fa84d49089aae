//! The words in which a client is told who has opened their record: plain, in three languages.

use std::str::FromStr;

use chrono::NaiveDateTime;
use kjent_core::access::{AccessAct, AccessOutcome, AccessReason};
use kjent_core::team::Profession;

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Bokmål.
    #[default]
    Bokmal,
    /// Nynorsk.
    Nynorsk,
    /// English.
    English,
}

impl FromStr for Language {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "nb" => Ok(Self::Bokmal),
            "nn" => Ok(Self::Nynorsk),
            "en" => Ok(Self::English),
            _ => Err("a language is nb, nn or en"),
        }
    }
}

/// One text in each language.
type Text = [&'static str; 3];

pub(super) const TITLE: Text =
    ["Hvem har lest i journalen din", "Kven har lese i journalen din", "Who has read your record"];
pub(super) const ABOUT: Text = ["Gjelder", "Gjeld", "About"];
pub(super) const MADE: Text = ["Laget", "Laga", "Made"];
pub(super) const LEAD: Text = [
    "Her står hver gang noen i hjemmetjenesten har åpnet journalen din: når det var, hvem det var, \
     hva de gjorde, og hvorfor. Det nyeste står øverst. Du har rett til å vite dette.",
    "Her står kvar gong nokon i heimetenesta har opna journalen din: når det var, kven det var, kva \
     dei gjorde, og kvifor. Det nyaste står øvst. Du har rett til å vite dette.",
    "This list has every time somebody in the home care service has opened your record: when, who \
     it was, what they did, and why. The newest is at the top. You have a right to know this.",
];
pub(super) const NONE: Text = [
    "Ingen har åpnet journalen din.",
    "Ingen har opna journalen din.",
    "Nobody has opened your record.",
];
pub(super) const WHEN: Text = ["Når", "Når", "When"];
pub(super) const WHO: Text = ["Hvem", "Kven", "Who"];
pub(super) const WHAT: Text = ["Hva", "Kva", "What"];
pub(super) const WHY: Text = ["Hvorfor", "Kvifor", "Why"];
pub(super) const QUESTIONS: Text = [
    "De som skal hjelpe deg, åpner journalen for å vite hva du trenger. Er det noen her du ikke \
     kjenner, eller noe du lurer på? Spør en av dem som kommer hjem til deg, eller ring \
     hjemmetjenesten. Da finner de ut av det sammen med deg.",
    "Dei som skal hjelpe deg, opnar journalen for å vite kva du treng. Er det nokon her du ikkje \
     kjenner, eller noko du lurer på? Spør ein av dei som kjem heim til deg, eller ring \
     heimetenesta. Då finn dei ut av det saman med deg.",
    "Those who are to help you open the record to know what you need. Is there somebody here whom \
     you do not know, or something that you wonder about? Ask one of those who come to your home, \
     or call the home care service. They will find out together with you.",
];
pub(super) const OFFICE: Text = ["Kontoret", "Kontoret", "The office"];
pub(super) const SOMEBODY: Text =
    ["En ansatt som har sluttet", "Ein tilsett som har slutta", "A worker who has left"];
pub(super) const NOT_SAID: Text = ["Ikke oppgitt", "Ikkje oppgitt", "Not stated"];
pub(super) const OFFLINE: Text = [
    "Skjedde uten nett. Meldt inn",
    "Skjedde utan nett. Meldt inn",
    "Happened without a network. Reported",
];

impl Language {
    /// The text in this language.
    pub(super) const fn of(self, [bokmal, nynorsk, english]: Text) -> &'static str {
        match self {
            Self::Bokmal => bokmal,
            Self::Nynorsk => nynorsk,
            Self::English => english,
        }
    }

    /// The code, as HTML has it.
    pub(super) const fn code(self) -> &'static str {
        self.of(["nb", "nn", "en"])
    }

    /// A moment.
    pub(super) fn moment(self, at: NaiveDateTime) -> String {
        let form = self.of(["%d.%m.%Y kl. %H.%M", "%d.%m.%Y kl. %H.%M", "%-d %B %Y at %H:%M"]);
        at.format(form).to_string()
    }

    /// What was done, said to the client.
    pub(super) fn act(self, act: &AccessAct, outcome: &AccessOutcome) -> String {
        let is_refused = *outcome == AccessOutcome::Refused;
        let text = match act {
            AccessAct::Opened if is_refused => [
                "Prøvde å åpne journalen din, og fikk ikke lov",
                "Prøvde å opne journalen din, og fekk ikkje lov",
                "Tried to open your record, and was not allowed to",
            ],
            AccessAct::Opened => {
                ["Åpnet journalen din", "Opna journalen din", "Opened your record"]
            }
            AccessAct::ReadReport => [
                "Leste om deg i en rapport om flere",
                "Las om deg i ein rapport om fleire",
                "Read about you in a report on several people",
            ],
            AccessAct::Copied => {
                ["Kopierte noe om deg", "Kopierte noko om deg", "Copied something about you"]
            }
            AccessAct::Exported => [
                "Lagret noe om deg i en fil",
                "Lagra noko om deg i ei fil",
                "Saved something about you in a file",
            ],
            AccessAct::Printed => {
                ["Skrev ut noe om deg", "Skreiv ut noko om deg", "Printed something about you"]
            }
            AccessAct::BreakGlass => [
                "Tok seg tilgang i en nødsituasjon",
                "Tok seg tilgang i ein nødsituasjon",
                "Took access in an emergency",
            ],
            AccessAct::ReadAccessLog if is_refused => [
                "Prøvde å se hvem som har lest i journalen din, og fikk ikke lov",
                "Prøvde å sjå kven som har lese i journalen din, og fekk ikkje lov",
                "Tried to see who has read your record, and was not allowed to",
            ],
            AccessAct::ReadAccessLog => [
                "Så hvem som har lest i journalen din",
                "Såg kven som har lese i journalen din",
                "Looked at who has read your record",
            ],
            AccessAct::WriteRefused => [
                "Prøvde å skrive i journalen din, og fikk ikke lov",
                "Prøvde å skrive i journalen din, og fekk ikkje lov",
                "Tried to write in your record, and was not allowed to",
            ],
            AccessAct::Erased => [
                "Slettet noe i journalen din, etter vedtak",
                "Sletta noko i journalen din, etter vedtak",
                "Deleted something in your record, by decision",
            ],
            AccessAct::RestrictedEntry => [
                "Skjermet noe i journalen din, så bare noen få kan lese det",
                "Skjerma noko i journalen din, så berre nokre få kan lese det",
                "Restricted something in your record, so that only a few can read it",
            ],
            AccessAct::ChangedEntryReaders => [
                "Endret hvem som kan lese noe skjermet i journalen din",
                "Endra kven som kan lese noko skjerma i journalen din",
                "Changed who can read something restricted in your record",
            ],
            AccessAct::EndedEntryRestriction => [
                "Opphevet en skjerming i journalen din, så alle som hjelper deg, kan lese det",
                "Oppheva ei skjerming i journalen din, så alle som hjelper deg, kan lese det",
                "Ended a restriction in your record, so that everyone who helps you can read it",
            ],
            AccessAct::Moved => [
                "Flyttet journalen din til en annen enhet",
                "Flytta journalen din til ei anna eining",
                "Moved your record to another unit",
            ],
            AccessAct::QuarantineExported => [
                "Lagret arbeid som ikke ble godtatt, i en fil",
                "Lagra arbeid som ikkje blei godteke, i ei fil",
                "Saved work that was not accepted in a file",
            ],
            AccessAct::LostReport => [
                "Undersøkte hva som var på et nettbrett som er borte",
                "Undersøkte kva som var på eit nettbrett som er borte",
                "Looked into what was on a tablet that is lost",
            ],
            AccessAct::OfficeCommand => {
                ["Gjorde noe på kontoret", "Gjorde noko på kontoret", "Did something in the office"]
            }
            other => return other.code().to_owned(),
        };
        self.of(text).to_owned()
    }

    /// Why, said to the client. What was typed is told as it was.
    pub(super) fn why(self, why: Option<&AccessReason>, words: &str) -> String {
        let text = match why {
            None => NOT_SAID,
            Some(AccessReason::BeforeDoor) => {
                ["Skulle hjem til deg", "Skulle heim til deg", "Was about to visit you"]
            }
            Some(AccessReason::VisitToday) => [
                "Hadde besøk hos deg den dagen",
                "Hadde besøk hos deg den dagen",
                "Visited you that day",
            ],
            Some(AccessReason::Responsible) => [
                "Er ansvarlig for hjelpen din",
                "Er ansvarleg for hjelpa di",
                "Is responsible for your care",
            ],
            Some(AccessReason::FollowUp) => [
                "Skulle følge opp noe for deg",
                "Skulle følgje opp noko for deg",
                "Was to follow something up for you",
            ],
            Some(AccessReason::Handover) => [
                "Skulle vite hva som hadde skjedd siden forrige vakt",
                "Skulle vite kva som hadde skjedd sidan førre vakt",
                "Was to know what had happened since the last shift",
            ],
            Some(AccessReason::Inquiry) => [
                "Noen tok kontakt om deg",
                "Nokon tok kontakt om deg",
                "Somebody got in touch about you",
            ],
            Some(AccessReason::Colleague) => {
                ["Hjalp en kollega", "Hjelpte ein kollega", "Helped a colleague"]
            }
            Some(AccessReason::Planning) => ["Planla besøk", "Planla besøk", "Planned visits"],
            Some(AccessReason::Quality) => [
                "Kontrollerte at arbeidet gjøres riktig",
                "Kontrollerte at arbeidet blir gjort rett",
                "Checked that the work is done well",
            ],
            Some(AccessReason::SubjectAccess) => [
                "Du, eller noen som snakker for deg, ba om å få se den",
                "Du, eller nokon som snakkar for deg, bad om å få sjå han",
                "You, or somebody who speaks for you, asked to see it",
            ],
            Some(AccessReason::ClientsWish) => {
                ["Du ønsket det slik", "Du ønskte det slik", "You wished it so"]
            }
            Some(AccessReason::BreakGlass) => {
                ["En nødsituasjon", "Ein nødsituasjon", "An emergency"]
            }
            Some(AccessReason::Other) => return format!("«{words}»"),
            Some(AccessReason::Unknown(code)) => return code.clone(),
        };
        let text = self.of(text);
        if words.is_empty() { text.to_owned() } else { format!("{text}: «{words}»") }
    }

    /// A profession.
    pub(super) fn profession(self, profession: &Profession) -> String {
        let text = match profession {
            Profession::Nurse => ["sykepleier", "sjukepleiar", "nurse"],
            Profession::SocialEducator => ["vernepleier", "vernepleiar", "social educator"],
            Profession::HealthcareWorker => {
                ["helsefagarbeider", "helsefagarbeidar", "healthcare worker"]
            }
            Profession::Physiotherapist => ["fysioterapeut", "fysioterapeut", "physiotherapist"],
            Profession::OccupationalTherapist => {
                ["ergoterapeut", "ergoterapeut", "occupational therapist"]
            }
            Profession::AssistantWorker => ["assistent", "assistent", "assistant"],
            Profession::Apprentice => ["lærling", "lærling", "apprentice"],
            Profession::Unknown(code) => return code.clone(),
        };
        self.of(text).to_owned()
    }
}
