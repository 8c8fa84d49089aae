//! Enums that keep a value they don't know.
//!
//! What is synced outlives the app that wrote it: an older tablet must show and carry a newer
//! tablet's value, not drop it. An enum made here travels as its code and holds any other code in
//! `Unknown`.

/// Makes an enum whose variants travel as the given codes, and `Unknown` for all other codes.
#[macro_export]
macro_rules! open_enum {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)*
            /// A code that this version does not know, kept as it came.
            Unknown(String),
        }

        impl $name {
            /// Every variant that this version knows, in the order to offer them.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The code that is stored and sent.
            pub fn code(&self) -> &str {
                match self {
                    $($name::$variant => $code,)*
                    $name::Unknown(code) => code,
                }
            }

            /// The variant of a code; never fails.
            pub fn from_code(code: &str) -> Self {
                match code {
                    $($code => $name::$variant,)*
                    other => $name::Unknown(other.to_owned()),
                }
            }
        }

        impl From<&str> for $name {
            fn from(code: &str) -> Self {
                Self::from_code(code)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;
            fn from_str(code: &str) -> Result<Self, Self::Err> {
                Ok(Self::from_code(code))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self::from_code(&<String as serde::Deserialize>::deserialize(deserializer)?))
            }
        }
    };
}

#[cfg(test)]
mod tests {
    open_enum! {
        /// Two fruits.
        pub enum Fruit {
            /// An apple.
            Apple = "apple",
        }
    }

    #[test]
    fn an_unknown_code_survives_a_round_trip() {
        let fruit: Fruit = serde_json::from_str("\"pear\"").unwrap_or(Fruit::Apple);
        assert_eq!(fruit, Fruit::Unknown("pear".into()));
        assert_eq!(serde_json::to_string(&fruit).ok().as_deref(), Some("\"pear\""));
        assert_eq!(Fruit::ALL, [Fruit::Apple]);
    }
}
