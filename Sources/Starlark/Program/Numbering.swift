/// Different elements numbered in the order in which they were first seen.
struct Numbering<Element: Hashable> {
    private(set) var elements: [Element] = []
    /// Empty while there are so few elements that looking at each of them is faster.
    private var numbers: [Element: Int] = [:]

    private static var fewElements: Int { 12 }

    subscript(element: Element) -> Int? {
        elements.count <= Self.fewElements ? elements.firstIndex(of: element) : numbers[element]
    }

    /// The number of an element, a new one if it has none.
    @discardableResult
    mutating func add(_ element: Element) -> Int {
        if let number = self[element] { return number }
        elements.append(element)
        if elements.count == Self.fewElements + 1 {
            for (number, element) in elements.enumerated() { numbers[element] = number }
        } else if elements.count > Self.fewElements {
            numbers[element] = elements.count - 1
        }
        return elements.count - 1
    }
}
