//! The files of an archive become passages, cut as plainly as can be: whole paragraphs until there are enough words.

use std::fs;
use std::path::Path;

use crate::measuring::files;

/// Words after which a passage ends with its paragraph, so that there are about as many as sayso has …
const ENOUGH: usize = 85;
/// … and after which it ends inside one.
const MOST: usize = 145;

/// Hands over each passage of the archive.
pub(crate) fn passages(folder: &Path, take: &mut dyn FnMut(&str)) {
    for file in files(folder) {
        let text = fs::read_to_string(file).unwrap();
        let (mut passage, mut words) = (String::new(), 0);
        for paragraph in text.lines().filter(|line| !line.trim().is_empty()) {
            for word in paragraph.split_whitespace() {
                passage.push_str(word);
                passage.push(' ');
                words += 1;
                if words >= MOST {
                    take(&passage);
                    passage.clear();
                    words = 0;
                }
            }
            if words >= ENOUGH {
                take(&passage);
                passage.clear();
                words = 0;
            }
        }
        if !passage.is_empty() {
            take(&passage);
        }
    }
}
