import EnvdSyntax

extension Rule {
    /// A download that is taken whatever comes.
    static let downloadChecksum = Rule(
        "download-checksum", .security, .advice, page: PackageResources.download_checksum_md,
        .calls(.having("checksum")) { call, context, reporter in
            guard !call.isOpen, let url = call.argument("url") else {
                return
            }
            if let checksum = call.argument("checksum") {
                guard context.constant(checksum.value)?.text == "" else { return }
            }
            reporter.report(
                url.value.range,
                "without a checksum nobody sees when the file is another one; add checksum=\"sha256:…\"")
        })
}
