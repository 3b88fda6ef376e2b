import EnvdSyntax

extension Rule {
    /// A private key that is copied into the image or made in it.
    static let privateKeyInImage = Rule(
        "private-key-in-image", .security, .warning, page: PackageResources.private_key_in_image_md,
        .calls { call, context, reporter in
            if call.name == "io.copy" {
                guard let source = context.constant("source", of: call), let path = source.text, isPrivate(path) else {
                    return
                }
                reporter.report(
                    source.range,
                    "'\(path)' becomes part of the image for everybody to read; mount it with runtime.mount")
            }
            for (program, command) in context.buildCommands(of: call) {
                if command.name == "ssh-keygen" {
                    guard
                        command.arguments.allSatisfy({
                            !["-R", "-l", "-y", "-F", "-A", "-H", "-i", "-e"].contains($0.text)
                        })
                    else { continue }
                    reporter.report(
                        program.source(command.range),
                        "the key becomes part of the image for everybody to read; make it when the "
                            + "environment starts, with runtime.init")
                } else if ["cp", "mv", "install"].contains(command.name),
                    let word = command.operands.first(where: { isPrivate($0.text) })
                {
                    reporter.report(
                        program.source(word.range),
                        "'\(word.text)' becomes part of the image for everybody to read; mount it with runtime.mount")
                }
            }
        })
}

/// Whether a file holds a private key, or a folder holds such files.
private func isPrivate(_ path: String) -> Bool {
    var path = path[...]
    while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
    let name = path.split(separator: "/").last ?? path
    return [".ssh", ".gnupg", ".netrc", ".pypirc", ".git-credentials"].contains(String(name))
        || ["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"].contains(String(name))
        || path.hasSuffix(".aws/credentials") || path.hasSuffix(".docker/config.json")
        || path.hasSuffix(".kube/config")
}
