package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What README and the guides quote is what docs/reports/figures.md has. */
class FiguresTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern ROW =
      Pattern.compile("\\| ([^|]+) \\| ([^|]+) \\| `(.+)` \\| ([\\w, -]+) \\|");
  private static final Pattern NUMBER = Pattern.compile("#(?![a-z])");

  private record Figure(String name, String value, Pattern phrase, Set<String> pages) {

    static Figure of(MatchResult row) {
      String text = row.group(3).replace("\\|", "|").replace("\\n", "\n");
      Matcher number = NUMBER.matcher(text);
      assertTrue(number.find(), "no # in " + text);
      Pattern phrase =
          Pattern.compile(
              Pattern.quote(text.substring(0, number.start()))
                  + "([\\d.,]+(?: to [\\d.,]+)?)"
                  + Pattern.quote(text.substring(number.end())));
      return new Figure(
          row.group(1), row.group(2), phrase, new TreeSet<>(List.of(row.group(4).split(", "))));
    }
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md"))
          .filter(page -> !page.getFileName().toString().startsWith("changelog"))
          .forEach(pages::add);
    }
    return pages;
  }

  @Test
  void shouldHaveOneValueEverywhere() throws IOException {
    String table = Files.readString(ROOT.resolve("docs/reports/figures.md"));
    List<Figure> figures = ROW.matcher(table).results().map(Figure::of).toList();
    assertTrue(figures.size() >= 20, "figures: " + figures.size());
    List<Path> pages = pages();
    for (Figure figure : figures) {
      Set<String> found = new TreeSet<>();
      for (Path page : pages) {
        String name = page.getFileName().toString().replace(".md", "");
        Matcher quoted = figure.phrase.matcher(Files.readString(page));
        while (quoted.find()) {
          found.add(name);
          assertEquals(figure.value, quoted.group(1), figure.name + " in " + page);
        }
      }
      assertEquals(figure.pages, found, figure.name + ": " + figure.phrase);
    }
  }
}
