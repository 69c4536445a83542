package org.dl4jsnn.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class OtherProgramTest {

  @Test
  void shouldKeepQuotedWordsTogether() {
    assertEquals(
        List.of(
            "python3", "a.py", "--images", "/my sets/t.gz", "--to=C:\\my files\\x", "--steps", "5"),
        OtherProgram.words(
            " python3 a.py --images '/my sets/t.gz'  --to=\"C:\\my files\\x\" --steps 5 "));
  }
}
