/// What a plan has to know of an image: the part of its config that processes and the running environment inherit.
package struct ImageFact: Hashable, Sendable, Decodable {
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

    /// The names of the OCI image specification; all may be missing or null.
    private enum Key: String, CodingKey {
        case environment = "Env"
        case entrypoint = "Entrypoint"
        case user = "User"
        case workingDirectory = "WorkingDir"
        case digest, platform
        /// A registry's answer other than 200: the image cannot be had.
        case status
    }

    /// Whether the image is known not to be there.
    package var isMissing: Bool { status.map { $0 != 200 } ?? false }
    /// What a registry answered, if that was written down.
    package private(set) var status: Int?

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        environment = try container.decodeIfPresent([String].self, forKey: .environment) ?? []
        entrypoint = try container.decodeIfPresent([String].self, forKey: .entrypoint) ?? []
        user = try container.decodeIfPresent(String.self, forKey: .user) ?? ""
        workingDirectory = try container.decodeIfPresent(String.self, forKey: .workingDirectory) ?? ""
        digest = try container.decodeIfPresent(String.self, forKey: .digest)
        platform = try container.decodeIfPresent(String.self, forKey: .platform)
        status = try container.decodeIfPresent(Int.self, forKey: .status)
    }
}
