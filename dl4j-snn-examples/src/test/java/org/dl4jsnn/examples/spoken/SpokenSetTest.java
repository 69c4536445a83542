package org.dl4jsnn.examples.spoken;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dl4jsnn.event.cochlea.CochleaFile;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.support.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpokenSetTest {

  @TempDir private Path folder;

  @Test
  void shouldMakeWordsOfVoicesThatAreNotInTraining() throws IOException, InterruptedException {
    ToneSpeech.makeSet(folder, 2);
    try (CochleaFile train = CochleaFile.open(folder.resolve(SpokenSet.TRAIN));
        CochleaFile test = CochleaFile.open(folder.resolve(SpokenSet.TEST))) {
      assertEquals(2 * 20, train.samples().size());
      assertEquals(20, test.samples().size());
      assertTrue(train.speakers().stream().noneMatch(test.speakers()::contains));
      assertTrue(train.read(train.samples().get(0)).size() > 200);
    }
  }

  @Test
  void shouldMakeTheSameSetWithAnyNumberOfThreads() throws IOException, InterruptedException {
    ToneSpeech.makeSet(folder.resolve("one"), 1);
    ToneSpeech.makeSet(folder.resolve("four"), 4);
    for (String name : new String[] {SpokenSet.TRAIN, SpokenSet.TEST}) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("one").resolve(name)),
          Files.readAllBytes(folder.resolve("four").resolve(name)));
    }
  }

  /** New training words beside the old test words would train on the voices of the test. */
  @Test
  void shouldKeepAnEarlierSetWhole() throws IOException, InterruptedException {
    byte[] training = {1, 2, 3};
    Files.write(folder.resolve(SpokenSet.TRAIN), training);
    SpokenSet set =
        new SpokenSet(
            new WordPlan(2, 30, 20, 8),
            utterance -> {
              throw new IOException("no voice " + utterance.voice());
            },
            new Output(new PrintWriter(Writer.nullWriter())));
    assertThrows(IOException.class, () -> set.make(folder, 0, 2));
    assertArrayEquals(training, Files.readAllBytes(folder.resolve(SpokenSet.TRAIN)));
  }

  @Test
  void shouldSayThatAVoiceIsSilent() {
    SpokenSet set =
        new SpokenSet(
            new WordPlan(1, 30, 20, 7),
            utterance -> {
              throw new IOException("no voice " + utterance.voice());
            },
            new Output(new PrintWriter(Writer.nullWriter())));
    IOException error = assertThrows(IOException.class, () -> set.make(folder, 1, 1));
    assertTrue(error.getMessage().startsWith("no voice "), error.getMessage());
  }

  @Test
  void shouldSayWhatToInstallWithoutEspeak() {
    CommandLineRun run = new CommandLineRun();
    int code =
        run.execute("spoken", "make", "--to", folder.toString(), "--espeak", "/no/such/espeak-ng");
    assertEquals(1, code);
    run.assertComplained("--espeak must be the program espeak-ng, got /no/such/espeak-ng");
    run.assertComplained("apt install espeak-ng");
  }

  @Test
  void shouldRefuseMoreVoicesThanThereAre() {
    CommandLineRun run = new CommandLineRun();
    assertEquals(1, run.execute("spoken", "make", "--to", "x", "--test-voices", "60"));
    run.assertComplained("--test-voices must be from 1 to 15, got 60");
    assertEquals(1, run.execute("spoken", "make", "--to", "x", "--noise", "20", "10"));
    run.assertComplained("--noise must be two numbers of dB, the smaller one first");
  }
}
