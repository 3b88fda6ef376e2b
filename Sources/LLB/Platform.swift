/// The system for which an image is chosen and on which a process runs, in the names of the OCI image specification.
package struct Platform: Hashable, Sendable {
    package var operatingSystem: String
    package var architecture: String
    package var variant: String
    /// Of Windows: `10.0.17763`.
    package var osVersion = ""
    package var osFeatures: [String] = []

    package init(operatingSystem: String, architecture: String, variant: String = "") {
        self.operatingSystem = operatingSystem
        self.architecture = architecture
        self.variant = variant
    }

    /// `linux/arm/v7`; nil if it has not two or three parts.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(operatingSystem: parts[0], architecture: parts[1], variant: parts.count == 3 ? parts[2] : "")
    }

    package static let linuxAMD64 = Platform(operatingSystem: "linux", architecture: "amd64")
    package static let linuxARM64 = Platform(operatingSystem: "linux", architecture: "arm64")

    /// The platform by the names that registries use, as Go's `containerd/platforms` chooses them.
    package var normalized: Platform {
        var platform = self
        platform.operatingSystem = operatingSystem.lowercased()
        if platform.operatingSystem == "macos" { platform.operatingSystem = "darwin" }
        (platform.architecture, platform.variant) = Platform.normalized(
            architecture.lowercased(), variant.lowercased())
        return platform
    }

    private static func normalized(_ architecture: String, _ variant: String) -> (String, String) {
        switch (architecture, variant) {
        case ("i386", _): ("386", "")
        case ("x86_64", "v1"), ("x86-64", "v1"), ("amd64", "v1"): ("amd64", "")
        case ("x86_64", _), ("x86-64", _): ("amd64", variant)
        case ("aarch64", "8"), ("aarch64", "v8"), ("aarch64", "v8.0"): ("arm64", "")
        case ("arm64", "8"), ("arm64", "v8"), ("arm64", "v8.0"): ("arm64", "")
        case ("aarch64", "9"), ("aarch64", "9.0"), ("aarch64", "v9.0"): ("arm64", "v9")
        case ("arm64", "9"), ("arm64", "9.0"), ("arm64", "v9.0"): ("arm64", "v9")
        case ("aarch64", _): ("arm64", variant)
        case ("armhf", _): ("arm", "v7")
        case ("armel", _): ("arm", "v6")
        case ("arm", ""), ("arm", "7"): ("arm", "v7")
        case ("arm", "5"), ("arm", "6"), ("arm", "8"): ("arm", "v" + variant)
        default: (architecture, variant)
        }
    }
}
