package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderLineTest {

  private static final int LONGEST = ByteSource.BUFFER / 2;

  @TempDir private Path folder;

  private ByteSource source(Bytes bytes) throws IOException {
    return new ByteSource(Files.write(folder.resolve("recording"), bytes.toArray()));
  }

  private List<Object> lines(Bytes bytes) throws IOException {
    try (ByteSource source = source(bytes)) {
      List<Object> found = new ArrayList<>();
      HeaderLine.readAll(source, "%#", "end").forEach(line -> found.add(line));
      found.add(source.peek(0));
      return found;
    }
  }

  private void assertRefused(Bytes bytes, String expected) throws IOException {
    try (ByteSource source = source(bytes)) {
      Messages.assertRefused(
          EventFormatException.class, () -> HeaderLine.readAll(source, "%#", "end"), expected);
    }
  }

  @Test
  void shouldReadLinesUpToTheOneThatEnds() throws IOException {
    assertEquals(
        List.of(
            new HeaderLine(0, "a\tb"), new HeaderLine(7, ""), new HeaderLine(10, "end"), (int) 'x'),
        lines(new Bytes().text("%# a\tb\n%#\n%#end\r\nx")));
  }

  @Test
  void shouldReadLinesUpToAnythingElse() throws IOException {
    assertEquals(List.of((int) '%'), lines(new Bytes().text("%%# no\n")));
    assertEquals(List.of((int) '%'), lines(new Bytes().text("%")));
    assertEquals(List.of(-1), lines(new Bytes()));
    assertEquals(List.of(new HeaderLine(0, "a"), (int) '#'), lines(new Bytes().text("%#a\n#%b\n")));
  }

  @ParameterizedTest
  @CsvSource({"0, false", "8, false", "9, true", "11, false", "13, true", "31, false", "32, true"})
  void shouldTakeControlCharactersForEvents(int value, boolean isText) throws IOException {
    List<Object> found = lines(new Bytes().text("%#a").bytes(value).text("b\n"));
    assertEquals(isText ? 2 : 1, found.size(), found.toString());
    assertEquals(isText ? -1 : (int) '%', found.get(found.size() - 1));
  }

  @Test
  void shouldRefuseALineWithoutAnEnd() throws IOException {
    assertRefused(
        new Bytes().text("%#a\n%#bcd"),
        "at byte 4: the header's line must end with a line feed, got the end of the file after 5");
  }

  @Test
  void shouldReadALineAsLongAsItMayBe() throws IOException {
    String text = "-".repeat(LONGEST - 3);
    assertEquals(List.of(new HeaderLine(0, text), -1), lines(new Bytes().text("%#" + text + "\n")));
    assertRefused(
        new Bytes().text("%#-" + text + "\n"),
        "at byte 0: the header's line must be shorter than " + LONGEST + " bytes");
  }

  @Test
  void shouldRefuseAHeaderThatDoesNotEnd() throws IOException {
    String line = "%#" + "-".repeat(1021) + "\n";
    int lines = (4 << 20) / line.length();
    assertEquals(lines + 2, lines(new Bytes().text(line.repeat(lines)).text("%#end\n")).size());
    assertRefused(
        new Bytes().text(line.repeat(lines + 1)), "the header must end within 4194304 bytes");
  }
}
