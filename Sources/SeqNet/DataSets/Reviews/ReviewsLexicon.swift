/// The words of the reviews.
enum ReviewsLexicon {
    /// The words of each symbol of ``ReviewsRules``.
    static let symbols = [
        "I": "I",
        "Part": "colour cut fabric fit lining pattern size stitching",
        "Detail": "belt button collar hem pocket seam sleeve zip",
        "Awful": "awful dreadful horrible terrible unbearable useless",
        "Bad": "bad cheap flimsy poor ugly weak",
        "Average": "acceptable average fair ordinary passable",
        "Good": "comfortable fine good lovely nice solid",
        "Excellent": "brilliant excellent perfect superb wonderful",
        "Quoted": "\"awful\" \"cheap\" \"good\" \"lovely\" \"perfect\" \"superb\"",
        "Month": "January April June September",
        "Thing": "card label button ribbon",
        "Things": "cards labels buttons ribbons",
        "Place": "home work weddings parties night",
        "Colour": "black blue green red white",
    ].mapValues { $0.split(separator: " ").map(String.init) }
}
