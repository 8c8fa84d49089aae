//! The extract as a page to be printed: one file, large type, nothing that is fetched.

use std::fmt::Write;

use super::extract::{Extract, Line};
use super::words::{ABOUT, LEAD, MADE, NONE, QUESTIONS, TITLE, WHAT, WHEN, WHO, WHY};

/// Nothing is smaller than 14 points: most of its readers are old.
const STYLE: &str = "body{font:16pt/1.5 sans-serif;color:#000;background:#fff;max-width:50em;\
    margin:2em auto;padding:0 1em}h1{font-size:24pt;line-height:1.2}table{border-collapse:collapse;\
    width:100%;font-size:14pt}th,td{text-align:left;vertical-align:top;padding:.5em .75em .5em 0;\
    border-bottom:1px solid #555}tr{break-inside:avoid}p.note{margin:0}\
    @media print{body{margin:0;max-width:none}}@page{margin:2cm}";

pub(super) fn write(extract: &Extract) -> String {
    let say = |text| escaped(extract.language.of(text));
    let rows: String = extract.lines.iter().map(row).collect();
    let table = if extract.lines.is_empty() {
        format!("<p>{}</p>", say(NONE))
    } else {
        let headings: String =
            [WHEN, WHO, WHAT, WHY].into_iter().fold(String::new(), |all, text| {
                all + &format!("<th scope=\"col\">{}</th>", say(text))
            });
        format!("<table>\n<thead><tr>{headings}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>")
    };
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = writeln!(
        out,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n\
         <p>{}: <strong>{}</strong><br>{}: {}</p>\n<p>{}</p>\n{table}\n<p>{}</p>\n</main>\n</body>\n\
         </html>",
        extract.language.code(),
        say(ABOUT),
        escaped(&extract.name),
        say(MADE),
        escaped(&extract.made),
        say(LEAD),
        say(QUESTIONS),
        title = say(TITLE),
    );
    out
}

fn row(line: &Line) -> String {
    let late = line.late.as_deref().map(|late| format!("<p class=\"note\">{}</p>", escaped(late)));
    let [when, who, what, why] =
        [&line.when, &line.who, &line.what, &line.why].map(|text| escaped(text));
    let late = late.unwrap_or_default();
    format!("<tr><td>{when}{late}</td><td>{who}</td><td>{what}</td><td>{why}</td></tr>\n")
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut all, letter| {
        match letter {
            '&' => all.push_str("&amp;"),
            '<' => all.push_str("&lt;"),
            '>' => all.push_str("&gt;"),
            '"' => all.push_str("&quot;"),
            other => all.push(other),
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Language;

    #[test]
    fn what_somebody_typed_is_no_markup() {
        let line = Line {
            when: "i dag".into(),
            late: None,
            who: "Ola <b>".into(),
            what: "Åpnet".into(),
            why: "«</td><script>alert(\"1\")</script>»".into(),
        };
        let extract = Extract {
            language: Language::Bokmal,
            name: "Kari & Co".into(),
            made: "nå".into(),
            lines: vec![line],
        };
        let page = write(&extract);
        assert!(!page.contains("<script>") && !page.contains("<b>"));
        assert!(page.contains("Kari &amp; Co") && page.contains("Ola &lt;b&gt;"));
        assert!(page.contains("lang=\"nb\"") && page.contains("font:16pt"));
    }
}
