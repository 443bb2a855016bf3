//! Units of measure and currencies: their names, their forms in text, and what they convert to.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// What a quantity is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Unit {
    Percent,
    Pounds,
    Dollars,
    Euros,
    Yen,
    Yuan,
    Rupees,
    Rand,
    Francs,
    Kronor,
    AustralianDollars,
    CanadianDollars,
    NewZealandDollars,
    Seconds,
    Minutes,
    Hours,
    Days,
    Nights,
    Weeks,
    Fortnights,
    Months,
    Quarters,
    Years,
    Decades,
    Centuries,
    Millimetres,
    Centimetres,
    Metres,
    Kilometres,
    Inches,
    Feet,
    Yards,
    Miles,
    NauticalMiles,
    SquareMetres,
    SquareKilometres,
    SquareFeet,
    SquareMiles,
    Acres,
    Hectares,
    Millilitres,
    Litres,
    Gallons,
    Pints,
    CubicMetres,
    Milligrams,
    Grams,
    Kilograms,
    Tonnes,
    Tons,
    Ounces,
    PoundsWeight,
    Stones,
    MilesAnHour,
    KilometresAnHour,
    Knots,
    DegreesCelsius,
    DegreesFahrenheit,
    Degrees,
    Watts,
    Kilowatts,
    Megawatts,
    Gigawatts,
    KilowattHours,
    Volts,
    Megabytes,
    Gigabytes,
    Calories,
}

/// What a unit measures; quantities compare within one dimension only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Dimension {
    Share,
    Money,
    Time,
    Length,
    Area,
    Volume,
    Mass,
    Speed,
    Temperature,
    Power,
    Energy,
    Tension,
    Data,
}

struct Entry {
    unit: Unit,
    dimension: Dimension,
    /// How many of the dimension's first unit one of these is.
    factor: f64,
    name: &'static str,
    /// Folded forms, the words of one form separated by spaces. Forms of one or two letters count only right after the number's digits.
    forms: &'static [&'static str],
}

const fn entry(unit: Unit, dimension: Dimension, factor: f64, name: &'static str, forms: &'static [&'static str]) -> Entry {
    Entry { unit, dimension, factor, name, forms }
}

use Dimension::{Area, Data, Energy, Length, Mass, Money, Power, Share, Speed, Temperature, Tension, Time, Volume};

/// Longer forms stand before the shorter ones they begin with.
const ENTRIES: &[Entry] = &[
    entry(
        Unit::Percent,
        Share,
        1.0,
        "percent",
        &["per cent", "percent", "percentage points", "percentage point", "pc", "%", "pct", "%age points"],
    ),
    entry(Unit::AustralianDollars, Money, 1.0, "AUD", &["australian dollars", "a$", "au$", "aud"]),
    entry(Unit::CanadianDollars, Money, 1.0, "CAD", &["canadian dollars", "c$", "ca$", "cad"]),
    entry(Unit::NewZealandDollars, Money, 1.0, "NZD", &["new zealand dollars", "nz$", "nzd"]),
    entry(Unit::Dollars, Money, 1.0, "USD", &["us dollars", "american dollars", "dollars", "dollar", "bucks", "$", "us$", "usd"]),
    entry(Unit::Pounds, Money, 1.0, "GBP", &["pounds sterling", "pounds", "pound", "quid", "\u{a3}", "gbp"]),
    entry(Unit::Euros, Money, 1.0, "EUR", &["euros", "euro", "\u{20ac}", "eur"]),
    entry(Unit::Yen, Money, 1.0, "JPY", &["yen", "\u{a5}", "jpy"]),
    entry(Unit::Yuan, Money, 1.0, "CNY", &["yuan", "renminbi", "cny"]),
    entry(Unit::Rupees, Money, 1.0, "INR", &["rupees", "rupee", "\u{20b9}", "rs", "rs.", "inr"]),
    entry(Unit::Rand, Money, 1.0, "ZAR", &["rand", "zar"]),
    entry(Unit::Francs, Money, 1.0, "CHF", &["swiss francs", "francs", "chf"]),
    entry(Unit::Kronor, Money, 1.0, "SEK", &["kronor", "kroner", "kronur"]),
    entry(Unit::Seconds, Time, 1.0, "seconds", &["seconds", "second", "secs", "sec"]),
    entry(Unit::Minutes, Time, 60.0, "minutes", &["minutes", "minute", "mins", "min"]),
    entry(Unit::Hours, Time, 3600.0, "hours", &["hours", "hour", "hrs", "hr"]),
    entry(Unit::Days, Time, 86_400.0, "days", &["working days", "days", "day"]),
    entry(Unit::Nights, Time, 86_400.0, "nights", &["nights", "night"]),
    entry(Unit::Weeks, Time, 604_800.0, "weeks", &["weeks", "week"]),
    entry(Unit::Fortnights, Time, 1_209_600.0, "fortnights", &["fortnights", "fortnight"]),
    entry(Unit::Months, Time, 2_629_800.0, "months", &["months", "month"]),
    entry(Unit::Quarters, Time, 7_889_400.0, "quarters", &["quarters"]),
    entry(Unit::Years, Time, 31_557_600.0, "years", &["years", "year", "yrs", "yr"]),
    entry(Unit::Decades, Time, 315_576_000.0, "decades", &["decades", "decade"]),
    entry(Unit::Centuries, Time, 3_155_760_000.0, "centuries", &["centuries", "century"]),
    entry(Unit::MilesAnHour, Speed, 1.609_344, "mph", &["miles per hour", "miles an hour", "mile an hour", "mph"]),
    entry(
        Unit::KilometresAnHour,
        Speed,
        1.0,
        "km/h",
        &["kilometres per hour", "kilometers per hour", "kilometres an hour", "km / h", "kph", "kmh"],
    ),
    entry(Unit::Knots, Speed, 1.852, "knots", &["knots"]),
    entry(Unit::SquareMetres, Area, 1.0, "square metres", &["square metres", "square meters", "square metre", "sq m", "sq metres"]),
    entry(Unit::SquareKilometres, Area, 1e6, "square kilometres", &["square kilometres", "square kilometers", "square kilometre", "sq km"]),
    entry(Unit::SquareFeet, Area, 0.092_903_04, "square feet", &["square feet", "square foot", "sq ft"]),
    entry(Unit::SquareMiles, Area, 2_589_988.110_336, "square miles", &["square miles", "square mile", "sq miles"]),
    entry(Unit::Acres, Area, 4_046.856_422_4, "acres", &["acres", "acre"]),
    entry(Unit::Hectares, Area, 10_000.0, "hectares", &["hectares", "hectare", "ha"]),
    entry(Unit::CubicMetres, Volume, 1000.0, "cubic metres", &["cubic metres", "cubic meters", "cubic metre"]),
    entry(Unit::Millilitres, Volume, 0.001, "millilitres", &["millilitres", "milliliters", "ml"]),
    entry(Unit::Litres, Volume, 1.0, "litres", &["litres", "liters", "litre", "liter"]),
    entry(Unit::Gallons, Volume, 4.546_09, "gallons", &["gallons", "gallon"]),
    entry(Unit::Pints, Volume, 0.568_261_25, "pints", &["pints", "pint"]),
    entry(Unit::Millimetres, Length, 0.001, "millimetres", &["millimetres", "millimeters", "millimetre", "mm"]),
    entry(Unit::Centimetres, Length, 0.01, "centimetres", &["centimetres", "centimeters", "centimetre", "cm"]),
    entry(Unit::Kilometres, Length, 1000.0, "kilometres", &["kilometres", "kilometers", "kilometre", "kilometer", "km"]),
    entry(Unit::Metres, Length, 1.0, "metres", &["metres", "meters", "metre", "meter", "m"]),
    entry(Unit::Inches, Length, 0.0254, "inches", &["inches", "inch", "in"]),
    entry(Unit::Feet, Length, 0.3048, "feet", &["feet", "foot", "ft"]),
    entry(Unit::Yards, Length, 0.9144, "yards", &["yards", "yard", "yds", "yd"]),
    entry(Unit::NauticalMiles, Length, 1852.0, "nautical miles", &["nautical miles", "nautical mile"]),
    entry(Unit::Miles, Length, 1609.344, "miles", &["miles", "mile"]),
    entry(Unit::Milligrams, Mass, 1e-6, "milligrams", &["milligrams", "mg"]),
    entry(Unit::Grams, Mass, 0.001, "grams", &["grams", "gram", "grammes", "g"]),
    entry(Unit::Kilograms, Mass, 1.0, "kilograms", &["kilograms", "kilogram", "kilos", "kilo", "kg", "kgs"]),
    entry(Unit::Tonnes, Mass, 1000.0, "tonnes", &["tonnes", "tonne", "metric tons"]),
    entry(Unit::Tons, Mass, 1_016.046_908_8, "tons", &["tons", "ton"]),
    entry(Unit::Ounces, Mass, 0.028_349_523_125, "ounces", &["ounces", "ounce", "oz"]),
    entry(Unit::PoundsWeight, Mass, 0.453_592_37, "pounds", &["lbs", "lb"]),
    entry(Unit::Stones, Mass, 6.350_293_18, "stone", &["stones", "stone", "st"]),
    entry(
        Unit::DegreesCelsius,
        Temperature,
        1.0,
        "degrees Celsius",
        &["degrees celsius", "degrees centigrade", "degrees c", "\u{b0} c", "\u{b0}c", "c"],
    ),
    entry(
        Unit::DegreesFahrenheit,
        Temperature,
        1.0,
        "degrees Fahrenheit",
        &["degrees fahrenheit", "degrees f", "\u{b0} f", "\u{b0}f", "f"],
    ),
    entry(Unit::Degrees, Temperature, 1.0, "degrees", &["degrees", "degree", "\u{b0}"]),
    entry(Unit::KilowattHours, Energy, 1.0, "kilowatt-hours", &["kilowatt - hours", "kilowatt hours", "kwh"]),
    entry(Unit::Calories, Energy, 0.000_001_163, "calories", &["calories"]),
    entry(Unit::Megawatts, Power, 1e6, "megawatts", &["megawatts", "megawatt", "mw"]),
    entry(Unit::Gigawatts, Power, 1e9, "gigawatts", &["gigawatts", "gigawatt", "gw"]),
    entry(Unit::Kilowatts, Power, 1000.0, "kilowatts", &["kilowatts", "kilowatt", "kw"]),
    entry(Unit::Watts, Power, 1.0, "watts", &["watts", "watt"]),
    entry(Unit::Volts, Tension, 1.0, "volts", &["volts", "volt"]),
    entry(Unit::Megabytes, Data, 1.0, "megabytes", &["megabytes", "mb"]),
    entry(Unit::Gigabytes, Data, 1000.0, "gigabytes", &["gigabytes", "gb"]),
];

impl Unit {
    fn entry(self) -> Option<&'static Entry> {
        ENTRIES.iter().find(|entry| entry.unit == self)
    }

    /// The unit's name as printed: a plural noun, "percent", or the currency's three letters (ISO 4217).
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().map_or("", |entry| entry.name)
    }

    /// What the unit measures.
    #[must_use]
    pub fn dimension(self) -> Dimension {
        self.entry().map_or(Share, |entry| entry.dimension)
    }

    /// How many of its dimension's base unit (seconds, metres, square metres, litres, kilograms …) one of this unit is.
    #[must_use]
    pub fn factor(self) -> f64 {
        self.entry().map_or(1.0, |entry| entry.factor)
    }

    /// Whether amounts in the two units can be converted into each other without knowing rates or scales.
    #[must_use]
    pub fn converts_to(self, other: Self) -> bool {
        let fixed = !matches!(self.dimension(), Money | Temperature);
        self == other || (fixed && self.dimension() == other.dimension())
    }
}

/// The forms by their first word, in the order of [`ENTRIES`].
static FORMS: LazyLock<FxHashMap<&str, Vec<(&Entry, &str)>>> = LazyLock::new(|| {
    let mut forms: FxHashMap<&str, Vec<(&Entry, &str)>> = FxHashMap::default();
    for entry in ENTRIES {
        for form in entry.forms {
            forms.entry(form.split(' ').next().unwrap_or_default()).or_default().push((entry, form));
        }
    }
    forms
});

/// The unit whose form begins at word `start` (words as `word` gives them), with the number of words of the form.
///
/// `glued` says that the number is written in digits and the unit right behind it, which is what forms of one letter need.
pub(super) fn unit_at<'w>(word: impl Fn(usize) -> &'w str, start: usize, glued: bool) -> Option<(Unit, usize)> {
    for (entry, form) in FORMS.get(word(start))? {
        let short = form.len() < 3 && form.bytes().all(|b| b.is_ascii_lowercase());
        let ambiguous = short && matches!(*form, "m" | "in" | "g" | "c" | "f" | "st" | "pc" | "ha" | "rs");
        if (glued || !ambiguous) && form.split(' ').enumerate().all(|(offset, part)| word(start + offset) == part) {
            return Some((entry.unit, form.split(' ').count()));
        }
    }
    None
}

/// The currency whose sign stands before a number.
pub(super) fn currency_sign(word: &str) -> Option<Unit> {
    match word {
        "\u{a3}" => Some(Unit::Pounds),
        "$" | "us$" => Some(Unit::Dollars),
        "\u{20ac}" => Some(Unit::Euros),
        "\u{a5}" => Some(Unit::Yen),
        "\u{20b9}" | "rs" | "rs." => Some(Unit::Rupees),
        "a$" | "au$" => Some(Unit::AustralianDollars),
        "c$" | "ca$" => Some(Unit::CanadianDollars),
        "nz$" => Some(Unit::NewZealandDollars),
        _ => None,
    }
}
