use std::ffi::OsStr;
use std::path::{Component, Path};

/// Endings of names that programs give to files they are not done with, in lower case.
const UNFINISHED: [&str; 16] = [
    "~",           // backups of editors
    ".tmp",        // about everybody
    ".temp",       //
    ".part",       // Firefox, curl wrappers, KDE, ownCloud
    ".partial",    // rclone, rsync with a partial folder
    ".filepart",   // WinSCP
    ".crdownload", // Chromium
    ".download",   // Safari
    ".opdownload", // Opera
    ".swp",        // Vim, and the two that follow when there are more swap files
    ".swo",        //
    ".swx",        //
    ".lock",       //
    ".lck",        //
    ".unfinished", //
    ".aria2",      // aria2's account of a download, beside it
];

/// Whether a name says that what it names is hidden, temporary or unfinished. It holds for files and folders alike,
/// so a tree can be written as `name.tmp` and renamed when it is whole.
pub(crate) fn is_ignored(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    // `#name#` is an Emacs auto-save, `~$name` the owner file of an office program.
    name.starts_with(b".")
        || name.starts_with(b"~$")
        || (name.len() > 1 && name.starts_with(b"#") && name.ends_with(b"#"))
        || UNFINISHED.iter().any(|ending| {
            name.len() >= ending.len()
                && name[name.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
        })
}

/// Whether any part of a path in a folder is ignored, and so the whole of it.
pub(crate) fn is_ignored_path(relative: &Path) -> bool {
    relative.components().any(|part| match part {
        Component::Normal(name) => is_ignored(name),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: bool) {
        assert_eq!(is_ignored_path(Path::new(path)), expected, "{path}");
    }

    #[test]
    fn unfinished_and_hidden_names_are_ignored() {
        for name in
            [".hidden", ".git/x.html", "a/.b/c.html", "x.tmp", "X.TMP", "x.html~", "x.part", "x.crdownload"]
        {
            check(name, true);
        }
        for name in
            ["#x.html#", "~$letter.docx", ".x.html.swp", "x.html.swp", "x.tmp/y.html", "~", "../x.html"]
        {
            check(name, true);
        }
    }

    #[test]
    fn other_names_are_not() {
        for name in
            ["x.html", "a/b/c.txt", "tmp", "part", "x.tmp.html", "#", "#1 hit.html", "été.txt", "a.b~c", "x"]
        {
            check(name, false);
        }
    }
}
