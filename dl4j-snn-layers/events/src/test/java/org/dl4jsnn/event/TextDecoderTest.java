package org.dl4jsnn.event;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderTest {

  private static final List<TestEvent> EVENTS =
      List.of(new TestEvent(3, 4, 1_000_001, true), new TestEvent(5, 0, 1_500_000, false));

  private static final String TEXT = "1000001 3 4 1\n1500000 5 0 0\n";

  @TempDir private Path folder;

  private Recorded file(String text) throws IOException {
    return Recorded.in(folder, new Bytes().text(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1000001 3 4 1\n1500000 5 0 0\n",
        "1000001,3,4,1\r\n1500000,5,0,-1\r\n",
        "# seconds\n1.000001 3 4 1\n1.5 5 0 0",
        "1.000001e+00;3;4;1\n15e-1;5;0;0\n",
        "x\ty\tpolarity\ttimestamp\n3\t4\t1\t1000001\n5\t0\t0\t1500000\n",
        "// t x y p of a camera\n\n1000001 3 4 1\n\n# later\n1500000 5 0 0\n",
        "\"T\", \"X\", \"note\", \"Y\", \"on\"\n1000001, 3, 9, 4, 1\n1500000, 5, 9, 0, 0\n",
        "t,x,y,p,label\n1000001,3,4,1,car\n1500000,5,0,0,nan\n"
      })
  void shouldReadTextInManyForms(String text) throws IOException {
    assertEquals(EVENTS, file(text).events());
    assertEquals("text", file(text).table().format());
  }

  @Test
  void shouldTakeTheSizeInFront() throws IOException {
    Recorded file = file("240 180\n1000001 3 4 1\n1500000 5 0 0\n");
    assertEquals(EVENTS, file.events());
    assertEquals(new SensorSize(240, 180), file.table().sensor());
  }

  @Test
  void shouldTakeALastLineWithoutAnEndWhereItCannotGoOn() throws IOException {
    assertEquals(EVENTS, file("1000001 3 4 1\n1500000 5 0 0").events());
    file("x,y,p,t\n3,4,1,1000001\n5,0,0,15000")
        .assertRefused(22, "the file must end with a whole record, got 11 bytes of an incomplete");
    assertEquals(EVENTS, file("1000001 3 4 1\n1500000 5 0 0\n# end").events());
    assertEquals(EVENTS, file("1000001 3 4 1\n1500000 5 0 0\n ").events());
  }

  @Test
  void shouldReadWhatIsInFrontOfALineThatIsCutAnywhere() throws IOException {
    String whole = "1000001 3 4 1\n1500000 12 0 ";
    for (int length = 15; length <= whole.length(); length++) {
      file(whole.substring(0, length)).assertRefused(14, "the file must end with a whole record");
    }
  }

  @Test
  void shouldFindNoEventsUnderNamesAlone() throws IOException {
    for (String text : List.of("x,y,p,t\n", "x,y,p,t")) {
      file(text).assertRefusedFor("it must hold events, got none", "a recording stopped");
    }
  }

  @Test
  void shouldCountTheCommentsThatItLeavesOut() throws IOException {
    Recorded file = file("1000001 3 4 1\n# one\n1500000 5 0 0\n#two\n");
    assertEquals(EVENTS, file.events());
    assertTrue(file.notes().contains("left out: 2 comments"), file.notes().toString());
  }

  @Test
  void shouldReadAFileThatIsSaidToBeText() throws IOException {
    ReadOptions text = ReadOptions.defaults().as(EventFormat.TEXT);
    assertEquals(EVENTS, TestEvent.of(EventFiles.read(file(TEXT).file(), text)));
    Path other = file("nothing of the kind\n").file();
    assertRefused(
        EventFormatException.class,
        () -> EventFiles.read(other, text),
        "must begin with an event, t x y p, or with its column");
  }

  @Test
  void shouldTakeALineAsLongAsItMayBe() throws IOException {
    String comment = "#" + "-".repeat(TextLayout.LARGEST_HEADER - 2) + "\n";
    assertEquals(EVENTS, file(TEXT + comment).events());
    file(TEXT + "-" + comment).assertRefused(TEXT.length(), "a line must be shorter than 16384");
  }

  @Test
  void shouldCountFieldsUpToAsManyAsItLooksAt() throws IOException {
    for (int fields : new int[] {64, 65, 100}) {
      file("1 2 3 1\n" + "4 ".repeat(fields) + "\n")
          .assertRefused(8, "a line must have 4 columns, got 64");
    }
  }

  @Test
  void shouldReadNumbersOfAnyLength() throws IOException {
    long largest = Long.MAX_VALUE;
    assertEquals(
        List.of(new TestEvent(3, 4, 123_456_789_012_345_678L, true)),
        file("123456789012345678 3 4 1\n").events());
    assertEquals(List.of(new TestEvent(3, 4, largest, true)), file(largest + " 3 4 1\n").events());
    file("9223372036854775808 3 4 1\n").assertRefused(0, "t must be a whole number, got 92233720");
    file("1 2 3 1\n4 - 6 1\n").assertRefused(8, "x must be a whole number, got -");
    file("1 2 3 1\n4 5: 6 1\n").assertRefused(8, "x must be a whole number, got 5:");
    file("1 2 3 1\n4 5/ 6 1\n").assertRefused(8, "x must be a whole number, got 5/");
  }

  @Test
  void shouldNotTakeALongerLastNumberForAPolarity() throws IOException {
    for (String polarity : List.of("10", "-10", "2", "-")) {
      file("1000001 3 4 1\n1500000 5 0 " + polarity)
          .assertRefused(14, "the file must end with a whole record");
    }
    assertEquals(EVENTS, file("1000001 3 4 1\n1500000 5 0 -1").events());
  }

  @Test
  void shouldSayWhatIsWrongWithALine() throws IOException {
    file("1 2 3 1\n4 5 6\n").assertRefused(8, "a line must have 4 columns, got 3");
    file("1 2 3 1\n4 5 6 2\n").assertRefused(8, "p must be 0 or 1, or -1 or 1, got 2");
    file("1 2 3 1\n4 five 6 1\n").assertRefused(8, "x must be a whole number, got five");
    file("1 2 3 1\n4 5 -6 1\n")
        .assertRefused(8, "(x, y) must be on the sensor of 32768 x 32768, got (5, -6)");
    file("1 2 3 1\n4 5 9999999999 1\n")
        .assertRefused(8, "(x, y) must be on the sensor of 32768 x 32768, got (5, 2147483647)");
    file("1 2 3 1\n4.5 5 6 1\n").assertRefused(8, "t must be whole microseconds as in the first");
    file("0.1 2 3 1\nNaN.0 5 6 1\n").assertRefused(10, "t must be a number, got NaN.0");
    file("0.1 2 3 1\n9e99 5 6 1\n").assertRefused(10, "t must be from 0 to 2^63 - 1");
    file("1 2 3 1\n" + "4 ".repeat(10_000) + "\n").assertRefused(8, "a line must be shorter than");
  }

  @Test
  void shouldPointToTheOrderOfColumns() throws IOException {
    // Metavision's CSV is x, y, p, t without column names.
    file("320,240,1,1000\n321,240,0,1010\n")
        .assertRefusedFor("p must be 0 or 1, or -1 or 1, got 1000", "another order than t x y p");
  }
}
