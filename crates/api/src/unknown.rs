//! Paths and methods that no route has, answered with those that are near.

use axum::response::Response;
use http::{Method, StatusCode, Uri};

use crate::refused::Refused;
use crate::reply::{self, Fault};
use crate::routes::ROUTES;

/// A longer path is not compared: it is near to nothing.
const PATH_BYTES_MAX: usize = 200;

/// No route has the path, or none with that method.
pub(crate) fn answer(method: &Method, uri: &Uri) -> Response {
    let allowed = allowed(uri);
    let own = uri.path().starts_with("/api/v1/");
    match (allowed.is_empty(), own) {
        (true, false) => path(uri),
        (true, true) => own_path(uri).object(),
        (false, false) => not_allowed(method, &allowed),
        (false, true) => reply::allowing(own_method(method, &allowed).object(), &allowed),
    }
}

fn own_path(uri: &Uri) -> Refused {
    let near: Vec<String> = near(uri.path()).into_iter().map(|path| format!("`{path}`")).collect();
    let help = if near.is_empty() {
        "docs/api.md lists every path".to_owned()
    } else {
        format!("did you mean {}?", near.join(" or "))
    };
    Refused::new(StatusCode::NOT_FOUND, "no-such-path", "no route has this path").help(help)
}

fn own_method(method: &Method, allowed: &str) -> Refused {
    let message = format!("the method {method} is not one of this path's");
    Refused::new(StatusCode::METHOD_NOT_ALLOWED, "no-such-method", message).help(format!("use {allowed}"))
}

fn path(uri: &Uri) -> Response {
    let path = uri.path();
    let message = format!("path {path} was not found");
    reply::json(StatusCode::NOT_FOUND, &Fault { code: 404, message: &message, near: near(path) })
}

/// The methods of the routes that have the path.
fn allowed(uri: &Uri) -> String {
    let fitting = ROUTES.iter().filter(|route| route.paths().any(|pattern| fits(&pattern, uri.path())));
    fitting.map(|route| route.method.as_str()).collect::<Vec<_>>().join(",")
}

fn not_allowed(method: &Method, allowed: &str) -> Response {
    reply::method_not_allowed(&format!("method {method} is not allowed, but [{allowed}] are"), allowed)
}

fn fits(pattern: &str, path: &str) -> bool {
    let both = || pattern.split('/').zip(path.split('/'));
    pattern.split('/').count() == path.split('/').count() && both().all(|(a, b)| a == b || a.starts_with('{'))
}

/// At most three paths, nearest first.
fn near(path: &str) -> Vec<String> {
    let path = path.trim_end_matches('/');
    if path.len() > PATH_BYTES_MAX {
        return Vec::new();
    }
    let mut known: Vec<(usize, String)> = ROUTES
        .iter()
        .flat_map(crate::Route::paths)
        .map(|known| (distance(path, &known), known))
        .filter(|(distance, known)| *distance * 2 <= known.len())
        .collect();
    known.sort();
    known.dedup();
    known.into_iter().take(3).map(|(_, known)| known).collect()
}

/// Bytes to add, drop or change to get from one text to the other.
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, a) in from.bytes().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, b) in row.iter_mut().skip(1).zip(to.bytes()) {
            let here = (diagonal + usize::from(a != b)).min(*cell + 1).min(left + 1);
            diagonal = std::mem::replace(cell, here);
            left = here;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_single_changes() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("same", "same"), 0);
    }

    #[test]
    fn near_paths_are_named_nearest_first() {
        let near_alert = near("/api/v2/alert");
        assert_eq!((near_alert.len(), near_alert[0].as_str()), (3, "/api/v2/alerts"));
        assert_eq!(near("/metric"), ["/metrics"]);
        assert!(near("/entirely/elsewhere").is_empty());
    }
}
