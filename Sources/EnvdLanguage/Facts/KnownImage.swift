import LLB

/// What is known of an image without asking anybody, and from where.
package struct KnownImage: Hashable, Sendable {
    /// The reference with its host and its tag or digest.
    package let reference: String
    package let fact: ImageFact
    /// Whether the project has written it down, so that it is no assumption.
    package let isLocked: Bool

    /// Nil if the reference is none, or nothing is known of the image.
    ///
    /// - Parameter lock: the project's `envd.lock`.
    package init?(_ reference: String, lock: FactTable?) {
        guard let name = try? ImageReference(reference).description else { return nil }
        self.reference = name
        if let lock, let key = FactTable.key(for: name, in: lock.images), let fact = lock.images[key] {
            self.fact = fact
            isLocked = true
            return
        }
        guard let fact = CommonImages.fact(for: name) else { return nil }
        self.fact = fact
        isLocked = false
    }
}
