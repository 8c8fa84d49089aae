//! One bad file for each kind of error: what the loader says, and on which line.

use crate::load::load;
use crate::source::{SourceFile, embedded};

/// Changes one text in one file and returns the lines of the report about it.
fn report(name: &str, from: &str, to: &str) -> String {
    let mut files = embedded();
    for file in files.iter_mut().filter(|file| file.name == name) {
        assert!(file.text.contains(from), "{name} has no {from}");
        file.text = file.text.replacen(from, to, 1);
    }
    load(&files).map_err(|errors| errors.to_string()).err().unwrap_or_default()
}

const LINE: &str = "clients/line-danser.toml";
const HEDVIG: &str = "clients/hedvig-nymoen.toml";
const ELSE: &str = "clients/else-brattli.toml";
const GUNNAR: &str = "clients/gunnar-brattli.toml";
const TEAM: &str = "team.toml";

/// File, what is changed to what, and what the report must say.
const CASES: &[(&str, &str, &str, &str)] = &[
    (LINE, "name = ", "name ", "line-danser.toml:5: "),
    (LINE, "\nentry = ", "\nenrty = ", "line-danser.toml:12: unknown field `enrty`"),
    (LINE, "birth_date = \"1941", "birth_date = 1941 #\"", "line-danser.toml:8: invalid type"),
    (LINE, "entry = \"nøkkelboks\"", "entry = \" \"", "line-danser.toml:12: entry: is empty"),
    (LINE, "12834132018", "12834132019", "national_number: the control digits"),
    (LINE, "12834132018", "1283413201", "national_number: a national number has eleven digits"),
    (LINE, "12834132018", "81234510053", "is not of a synthetic series"),
    (LINE, "12834132018", "03864242897", "«the national number» is used already"),
    (LINE, "1941-03-12", "1941-03-42", "birth_date: «1941-03-42» is not a date like 1941-03-12"),
    (LINE, "primary_contact = \"anne\"", "primary_contact = \"anna\"", "there is no worker «anna»"),
    (LINE, "kind = \"allergy\"", "kind = \"alergy\"", "critical[0].kind: «alergy» is not a known"),
    (LINE, "applied = -38", "applied = -36", "the application (day -36) comes after the decision"),
    (LINE, "from = -35, to = 36", "from = -35, to = -36", "the first day (day -35) comes after"),
    (GUNNAR, "1747731", "1747732", "case_number: «1747732» is used already"),
    (LINE, "key = \"praktisk-bistand\"", "key = \"hjemmesykepleie\"", "is used already"),
    (LINE, "conversation = \"maten\"", "conversation = \"mat\"", "there is no conversation «mat»"),
    (LINE, "goal = \"postkassen\"", "goal = \"post\"", "there is no goal «post»"),
    (LINE, "decision = \"praktisk-bistand\"", "decision = \"bistand\"", "no decision «bistand»"),
    (LINE, "why = \"bli mer selvhjulpen\"", "why = \"\"", "interventions[0].why: is empty"),
    (LINE, "days = [\"fri\"]", "days = [\"fre\"]", "«fre» is not a weekday like mon"),
    (HEDVIG, "stol på 30 sekunder: {}", "stol: ti", "readings.text: the sentence has no {} for"),
    (LINE, "\"58,4\"", "\"584\"", "measured[0].values: «584» can't be measured"),
    (LINE, "weight = \"56,0–62,0\"", "weight = \"62–56\"", "limits.weight: «62–56» can't be"),
    (LINE, ", \"vekt\"]", "]", "no visit has the intervention «vekt»"),
    (LINE, "at = \"08:15\"", "at = \"8:75\"", "visits[0].at: «8:75» is not a time like 08:15"),
    (LINE, "minutes = 40", "minutes = 400", "a visit lasts 5 to 120 minutes, not 400"),
    (LINE, "\"fatima\", \"knut-erik\", \"jonas\"", "\"emil\"", "«emil» has not the competence for"),
    (LINE, "visit = \"kveld\"\nobs", "visit = \"natt\"\nobs", "there is no visit «natt»"),
    (LINE, "visit = \"kveld\"\nobs", "visit = \"renhold\"\nobs", "«renhold» is not every day"),
    (LINE, "by = \"anne\"\nobs", "obs", "an event is either on a visit, or at a time by a worker"),
    (LINE, "day = -30\nvisit", "day = 3\nvisit", "events[0].day: day 3 is not in the past"),
    (LINE, "words = \"Jeg vil klare", "spoken_by = \"Jeg vil klare", "words: the words don't fit"),
    (TEAM, "\"DD--DDDD-DD-D-\"", "\"DD--NNNN\"", "workers[0].roster: a roster is fourteen of"),
    (TEAM, "\"1002\"", "\"1001\"", "workers[1].employee_number: «1001» is used already"),
    (TEAM, "\"1002\"", "\"A2\"", "«A2» is not an employee number of four digits"),
    (TEAM, "lead = \"ingvild\"", "lead = \"sara\"", "team.toml:4: lead: «sara» has not the role"),
    (TEAM, "role = \"helper\"", "role = \"boss\"", "workers[3].role: «boss» is not a known code"),
];

#[test]
fn each_error_is_named_with_its_file_line_and_field() {
    for (file, from, to, expected) in CASES {
        let report = report(file, from, to);
        assert!(report.contains(expected), "{from} → {to}: {report}");
        assert!(report.contains(file), "{report}");
    }
}

#[test]
fn a_list_that_is_empty_is_named() {
    let cases = ["decisions", "goals", "interventions", "conversations", "visits", "phases"];
    let mut files = embedded();
    for file in files.iter_mut().filter(|file| file.name == ELSE) {
        file.text = file.text.split("[[contacts]]").next().unwrap_or_default().to_owned();
    }
    let report = load(&files).map_err(|errors| errors.to_string()).err().unwrap_or_default();
    for list in cases {
        assert!(report.contains(&format!("{ELSE}: {list}: needs at least one")), "{report}");
    }
}

#[test]
fn all_errors_of_all_files_are_reported_at_once() {
    let mut files = embedded();
    for file in files.iter_mut().filter(|file| file.name != TEAM) {
        file.text = file.text.replacen("entry = ", "entry = \"\" #", 1);
    }
    let report = load(&files).map_err(|errors| errors.to_string()).err().unwrap_or_default();
    assert_eq!(report.matches("entry: is empty").count(), 24);
    assert!(report.ends_with("24 errors in the demo data"), "{report}");
}

#[test]
fn without_a_team_nothing_is_loaded() {
    let files: Vec<SourceFile> = embedded().into_iter().filter(|file| file.name != TEAM).collect();
    let report = load(&files).map_err(|errors| errors.to_string()).err().unwrap_or_default();
    assert!(report.contains("team.toml: the file: is empty"), "{report}");
}
