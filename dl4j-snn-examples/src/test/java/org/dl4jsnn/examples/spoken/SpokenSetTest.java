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
    try (CochleaFile train = CochleaFile.open(folder.resolve(MakeCommand.SpokenSet.TRAIN));
        CochleaFile test = CochleaFile.open(folder.resolve(MakeCommand.SpokenSet.TEST))) {
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
    for (String name : new String[] {MakeCommand.SpokenSet.TRAIN, MakeCommand.SpokenSet.TEST}) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("one").resolve(name)),
          Files.readAllBytes(folder.resolve("four").resolve(name)));
    }
  }

  /** A set whose speech fails. */
  private static MakeCommand.SpokenSet silent() {
    return new MakeCommand.SpokenSet(
        new WordPlan(2, 30, 20, 8),
        utterance -> {
          throw new IOException("no voice " + utterance.voice());
        },
        new Output(new PrintWriter(Writer.nullWriter())));
  }

  /** New training words beside the old test words would train on the voices of the test. */
  @Test
  void shouldKeepAnEarlierSetWholeAndSayThatAVoiceIsSilent() throws IOException {
    byte[] training = {1, 2, 3};
    Files.write(folder.resolve(MakeCommand.SpokenSet.TRAIN), training);
    IOException error = assertThrows(IOException.class, () -> silent().make(folder, 0, 2));
    assertTrue(error.getMessage().startsWith("no voice "), error.getMessage());
    assertArrayEquals(training, Files.readAllBytes(folder.resolve(MakeCommand.SpokenSet.TRAIN)));
  }

  @Test
  void shouldSayWhatToInstallWithoutEspeak() {
    CommandLineRun run = new CommandLineRun();
    run.assertRefused(
        "--espeak must be the program espeak-ng, got /no/such/espeak-ng",
        "spoken make --to %s --espeak /no/such/espeak-ng",
        folder);
    run.assertComplained("apt install espeak-ng");
  }
}
