extension Rule {
    /// A name that nothing defines: not the file, not the language, not the API.
    static let undefinedName = Rule(
        "undefined-name", .names, .error, page: PackageResources.undefined_name_md,
        .chunk { context, reporter in
            for use in context.names.uses {
                // What recovery left over is no code; its own finding says so.
                guard use.binding == nil, !use.isInBrokenCode, !context.isInEnvironment(use.symbol) else { continue }
                guard let nearest = context.nearestName(to: use) else {
                    reporter.report(use.range, text("undefined name '", context.names.name(of: use), "'"))
                    continue
                }
                reporter.report(
                    use.range,
                    text("undefined name '", context.names.name(of: use), "'; did you mean '", nearest, "'?"),
                    Fix(text("Replace with '", nearest, "'"), replace: use.range, with: nearest))
            }
        })
}

/// Texts one after the other. Files that are no programs of envd have thousands of such messages, and interpolation takes several
/// times as long.
private func text(_ parts: String...) -> String {
    String(unsafeUninitializedCapacity: parts.reduce(0) { $0 + $1.utf8.count }) { buffer in
        var count = 0
        for var part in parts {
            part.withUTF8 { bytes in
                for byte in bytes {
                    buffer[count] = byte
                    count += 1
                }
            }
        }
        return count
    }
}
