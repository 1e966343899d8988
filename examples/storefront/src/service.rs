//! The three services by name.

use std::fmt;
use std::str::FromStr;

/// One of the three services of the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Service {
    /// Products, prices and stock; needs nothing.
    Catalog,
    /// Orders; needs `catalog`.
    Orders,
    /// The shop front; needs `orders` and `catalog`.
    Web,
}

impl Service {
    /// Every service, each after the ones it needs.
    pub const ALL: [Self; 3] = [Self::Catalog, Self::Orders, Self::Web];

    /// Returns the name used on the command line, in reasons and in labels.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Catalog => "catalog",
            Self::Orders => "orders",
            Self::Web => "web",
        }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a text names no service.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no service named `{wanted}`: there are `catalog`, `orders` and `web`")]
pub struct UnknownService {
    wanted: String,
}

impl FromStr for Service {
    type Err = UnknownService;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|service| service.name() == text);
        found.ok_or_else(|| UnknownService { wanted: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for service in Service::ALL {
            assert_eq!(service.to_string().parse(), Ok(service));
        }
        let error = "Catalog".parse::<Service>().unwrap_err();
        assert_eq!(error.to_string(), "no service named `Catalog`: there are `catalog`, `orders` and `web`");
    }
}
