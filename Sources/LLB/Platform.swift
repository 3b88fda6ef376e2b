/// The system for which an image is chosen and on which a process runs, in the names of the OCI image specification.
package struct Platform: Hashable, Sendable {
    package var operatingSystem: String
    package var architecture: String
    package var variant: String

    package init(operatingSystem: String, architecture: String, variant: String = "") {
        self.operatingSystem = operatingSystem
        self.architecture = architecture
        self.variant = variant
    }

    package static let linuxAMD64 = Platform(operatingSystem: "linux", architecture: "amd64")
    package static let linuxARM64 = Platform(operatingSystem: "linux", architecture: "arm64")
}
