import LLB

/// What to plan, and for whom.
package struct PlanRequest: Sendable {
    package var project: ProjectDirectory
    /// The program, relative to the project.
    package var file = "build.envd"
    package var function = "build"
    package var builder = Builder.mobyWorker
    /// Who owns the files in the environment, whatever the program says.
    package var owner: Owner?
    /// Who does if the program does not say either: whoever runs the tool.
    package var currentOwner = Owner(user: 0, group: 0)
    /// The content of the key file that opens a development environment; nil if there is none to be had.
    package var publicKey: String?
    package var platform = Platform.linuxAMD64
    /// In the order in which they are asked.
    package var facts: [FactSource] = [.commonImages]
    /// Fixed where BuildKit's client takes a random one, so that a plan is the same byte for byte.
    package var localUniqueID = "envd-plan"

    package init(project: ProjectDirectory) {
        self.project = project
    }

    package struct Owner: Hashable, Sendable {
        package var user: UInt32
        package var group: UInt32

        package init(user: UInt32, group: UInt32) {
            self.user = user
            self.group = group
        }

        /// `UID:GID`, or `UID` for both.
        package init?(_ text: String) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count <= 2, let user = UInt32(parts[0]), let group = UInt32(parts[parts.count - 1]) else {
                return nil
            }
            self.init(user: user, group: group)
        }
    }

    /// What will build the graph, by the names of envd's contexts.
    package enum Builder: String, Hashable, Sendable, CaseIterable {
        /// The BuildKit within Docker, which cannot merge file systems.
        case mobyWorker = "moby-worker"
        case dockerContainer = "docker-container"

        var canMerge: Bool { self != .mobyWorker }
    }
}
