import EnvdSyntax

extension Rule {
    /// A file name of a download that is a path.
    static let downloadFilename = Rule(
        "download-filename", .packages, .error, page: PackageResources.download_filename_md,
        .calls(.having("checksum")) { call, context, reporter in
            guard let name = context.constant("filename", of: call), let text = name.text, text.contains("/") else {
                return
            }
            reporter.report(
                name.range,
                "the name of a download is no path: the file comes to /home/envd/extra_source; name it '\(text.split(separator: "/").last ?? "file")'"
            )
        })
}
