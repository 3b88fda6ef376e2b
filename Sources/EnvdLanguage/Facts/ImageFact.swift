/// What a plan has to know of an image: the part of its config that processes and the running environment inherit.
package struct ImageFact: Hashable, Sendable {
    /// `NAME=value`.
    package var environment: [String] = []
    package var entrypoint: [String] = []
    package var user = ""
    package var workingDirectory = ""
    /// What the reference named when the registry was asked: the digest of a manifest, or of the index of several.
    package var digest: String?
    /// For which platform the registry was asked, such as `linux/amd64`.
    package var platform: String?

    package init(environment: [String] = []) {
        self.environment = environment
    }

    /// Whether the image is known not to be there.
    package var isMissing: Bool { status.map { $0 != 200 } ?? false }
    /// What a registry answered, if that was written down.
    package private(set) var status: Int?

    /// By the names of the OCI image specification; all may be missing or null.
    init(_ object: FactReader) throws(FactTableError) {
        environment = try object.member("Env")?.strings() ?? []
        entrypoint = try object.member("Entrypoint")?.strings() ?? []
        user = try object.member("User")?.string() ?? ""
        workingDirectory = try object.member("WorkingDir")?.string() ?? ""
        digest = try object.member("digest")?.string()
        platform = try object.member("platform")?.string()
        status = try object.member("status")?.integer()
    }
}
