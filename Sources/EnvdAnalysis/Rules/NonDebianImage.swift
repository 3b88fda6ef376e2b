import EnvdSyntax

extension Rule {
    /// An image without apt, which envd needs to install anything.
    static let nonDebianImage = Rule(
        "non-debian-image", .packages, .error, page: PackageResources.non_debian_image_md,
        .program(of: "base") { context, reporter in
            guard let base = context.base, let image = base.image,
                let text = image.text, let family = ImageFamily.withoutApt(text)
            else { return }
            let needing = base.isDev ? "dev=True" : context.calls.first { usesApt($0, context) }?.name
            guard let needing else { return }
            reporter.report(
                image.range,
                "\(needing) runs apt-get, which \(family) does not have; use an image of Debian or Ubuntu")
        })
}

private func usesApt(_ call: APICall, _ context: ProgramContext) -> Bool {
    switch call.name {
    case "install.apt_packages": context.constant("name", of: call)?.elements?.isEmpty == false
    case "install.r_lang": true
    default: false
    }
}
