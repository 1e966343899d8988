//! What stands before the paths of an ops repo for somebody who looks at the whole repository.

use std::path::{Component, Path};

/// The way to the ops repo from where the command runs, with a `/` at its end; nothing for that place itself.
pub(super) fn root(ops: &Path) -> String {
    let here = std::env::current_dir().ok();
    let ops = here.as_deref().and_then(|here| ops.strip_prefix(here).ok()).unwrap_or(ops);
    let mut root = String::new();
    for part in ops.components() {
        match part {
            Component::CurDir => (),
            Component::RootDir => root.push('/'),
            Component::Prefix(_) | Component::ParentDir | Component::Normal(_) => {
                root.push_str(&part.as_os_str().to_string_lossy());
                root.push('/');
            }
        }
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_where_the_command_runs() {
        let shown = |ops: &str| root(Path::new(ops));
        assert_eq!(shown("."), "");
        assert_eq!(shown("./ops"), "ops/");
        assert_eq!(shown("a/b/"), "a/b/");
        assert_eq!(shown("../ops"), "../ops/");
        assert_eq!(shown("/srv/ops"), "/srv/ops/");
        let here = std::env::current_dir().expect("a folder");
        assert_eq!(root(&here.join("ops")), "ops/");
    }
}
