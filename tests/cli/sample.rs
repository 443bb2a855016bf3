//! A page in PDF, written by hand: what the tests of formats and of attacks share.

/// A PDF of one page whose content is `stream`, to be read through `filter` (a name with its slash; none where it is empty).
pub(crate) fn pdf(filter: &str, stream: &[u8]) -> Vec<u8> {
    let filter = if filter.is_empty() { String::new() } else { format!("/Filter {filter} ") };
    let objects: [Vec<u8>; 5] = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 600 800] >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>".to_vec(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
        [format!("<< {filter}/Length {} >>\nstream\n", stream.len()).as_bytes(), stream, b"\nendstream"].concat(),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut table = String::from("xref\n0 6\n0000000000 65535 f \n");
    for (number, object) in (1..).zip(&objects) {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let foot = format!("{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", out.len());
    out.extend(foot.into_bytes());
    out
}
