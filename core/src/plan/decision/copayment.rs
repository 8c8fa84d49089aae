//! What a client's share (egenbetaling) may come to, by the household's income.
//!
//! The printed bands meet at their edges («Inntil kr 193 766», «Fra kr 193 766»). Here a band is
//! half open: the lower edge belongs to it, the upper one to the next. Rates change every year, so
//! they are data and never constants.

use std::fmt;
use std::str::FromStr;

/// What a cap is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A month.
    Month,
    /// A year.
    Year,
}

/// A band of income; amounts in whole kroner. Written as a line «193766-290649: 76/h 7600/year».
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopaymentBand {
    /// The lowest income of the band.
    pub from: u32,
    /// The lowest income of the next one; none for the last.
    pub below: Option<u32>,
    /// For an hour.
    pub hourly: u32,
    /// At most.
    pub cap: u32,
    /// In which time.
    pub period: Period,
}

/// A line that is no band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a band of income with its rate and cap")]
pub struct NotABand;

impl CopaymentBand {
    /// Whether a household's income lies in the band.
    pub fn holds(&self, income: u32) -> bool {
        self.from <= income && self.below.is_none_or(|below| income < below)
    }
}

impl fmt::Display for CopaymentBand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, below, hourly, cap, period } = self;
        let below = below.map(|below| below.to_string()).unwrap_or_default();
        let period = match period {
            Period::Month => "month",
            Period::Year => "year",
        };
        write!(f, "{from}-{below}: {hourly}/h {cap}/{period}")
    }
}

impl FromStr for CopaymentBand {
    type Err = NotABand;

    fn from_str(line: &str) -> Result<Self, NotABand> {
        let number = |text: &str| text.trim().parse::<u32>().map_err(|_| NotABand);
        let (edges, rates) = line.split_once(':').ok_or(NotABand)?;
        let (from, below) = edges.split_once('-').ok_or(NotABand)?;
        let below = Some(below.trim()).filter(|it| !it.is_empty()).map(number).transpose()?;
        let (hourly, cap) = rates.trim().split_once("/h ").ok_or(NotABand)?;
        let (cap, period) = cap.split_once('/').ok_or(NotABand)?;
        let period = match period.trim() {
            "month" => Period::Month,
            "year" => Period::Year,
            _ => return Err(NotABand),
        };
        let band =
            Self { from: number(from)?, below, hourly: number(hourly)?, cap: number(cap)?, period };
        if band.below.is_some_and(|below| below <= band.from) { Err(NotABand) } else { Ok(band) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Oslo's rates of 2019, as annex 2 prints them.
    const PRINTED: [&str; 4] = [
        "0-193766: 35/h 210/month",
        "193766-290649: 76/h 7600/year",
        "290649-387532: 194/h 19400/year",
        "387532-: 319/h 31900/year",
    ];

    #[test]
    fn every_income_lies_in_one_band_and_an_edge_in_the_upper_one() -> Result<(), NotABand> {
        let bands = PRINTED.map(str::parse::<CopaymentBand>);
        let mut all = Vec::new();
        for (band, line) in bands.into_iter().zip(PRINTED) {
            let band = band?;
            assert_eq!(band.to_string(), line);
            all.push(band);
        }
        for (income, hourly) in [
            (0, 35),
            (193_765, 35),
            (193_766, 76),
            (290_648, 76),
            (290_649, 194),
            (387_532, 319),
            (u32::MAX, 319),
        ] {
            let found: Vec<u32> =
                all.iter().filter(|it| it.holds(income)).map(|it| it.hourly).collect();
            assert_eq!(found, [hourly], "{income}");
        }
        // The caps are six hours a month and a hundred hours a year.
        let hours: Vec<u32> = all.iter().map(|it| it.cap / it.hourly).collect();
        assert_eq!(hours, [6, 100, 100, 100]);
        for bad in ["", "5-4: 1/h 1/year", "0-1: 1/h 1/week", "a-: 1/h 1/year", "0-1 1/h"] {
            assert_eq!(bad.parse::<CopaymentBand>(), Err(NotABand), "{bad}");
        }
        Ok(())
    }
}
