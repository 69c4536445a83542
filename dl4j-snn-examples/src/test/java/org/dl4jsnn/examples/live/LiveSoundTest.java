package org.dl4jsnn.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.plots.PretrainedNetworks;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.runtime.EarlyExit;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command live with spoken digits: two words by espeak-ng, at another rate than the cochlea's.
 */
class LiveSoundTest {

  @TempDir private Path folder;

  private final CommandLineRun run = new CommandLineRun();

  private static Path words() throws Exception {
    return Path.of(LiveSoundTest.class.getResource("/spoken/seven-drei.wav").toURI());
  }

  @Test
  void shouldUnderstandTwoWords() throws Exception {
    run.assertDone("live --no-page --speed 50 --sound %s", words());
    run.assertPrinted("Word 1: seven (output ");
    run.assertPrinted("Word 2: drei (output ");
    run.assertPrinted(", 40 of 40 steps heard)");
  }

  @Test
  void shouldHearNoMoreOfAWordOnceItIsSure() throws Exception {
    run.assertDone("live --no-page --speed 50 --until-sure 0 --least-steps 5 --sound %s", words());
    run.assertPrinted(", 5 of 40 steps heard)");
  }

  @Test
  void shouldUnderstandThemInTheRuntime() throws Exception {
    Path model = folder.resolve("spoken.snn");
    RuntimeExport.inSinglePrecision().write(PretrainedNetworks.ofSpokenDigits(), model);
    run.assertDone("live --no-page --speed 50 --sound %s --model %s", words(), model);
    run.assertPrinted("Word 1: seven (output ");
    run.assertPrinted("Word 2: drei (output ");
  }

  @Test
  void shouldShowTheWordAsItComes() throws Exception {
    List<LiveNetwork.LiveAnswer> answers = new ArrayList<>();
    LiveSound live =
        new LiveSound(
            new SteppedNetwork.LibraryNetwork(PretrainedNetworks.ofSpokenDigits()),
            1e3,
            EarlyExit.never(),
            answers::add);
    live.listen(words(), new Output(new PrintWriter(new StringWriter())));
    assertEquals(80, answers.size());
    assertTrue(answers.get(10).events().size() < answers.get(39).events().size());
    String page = LivePage.html(LivePage.Subject.sound("words"), answers.get(39), live.figures());
    assertTrue(page.contains("Answer: <b>seven</b>"), page);
    assertTrue(page.contains("time to the right, high tones above"), page);
    assertEquals(80, live.figures().answered());
  }

  @Test
  void shouldExplainWhatItCannotHear() throws Exception {
    Path silence = folder.resolve("silence.wav");
    AudioFormat format = new AudioFormat(22_050, 16, 1, true, false);
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(new byte[44_100]), format, 22_050),
        AudioFileFormat.Type.WAVE,
        silence.toFile());
    run.assertRefused(
        "--sound must have at least one word, got silence", "live --no-page --sound %s", silence);
    Path text = Files.writeString(folder.resolve("text.wav"), "no sound");
    run.assertRefused("Cannot read --sound " + text, "live --no-page --sound %s", text);
    run.assertRefused(
        "--sound must not be given with --from", "live --sound %s --from %s", silence, text);
  }

  @Test
  void shouldRefuseANetworkOfOtherInput() throws Exception {
    Path model = folder.resolve("frames.snn");
    RuntimeExport.inSinglePrecision()
        .write(SpikingNetworks.vgg7Dvs().steps(2).seed(1).init(), model);
    run.assertRefused(
        "--model must take the words of --sound",
        "live --no-page --sound %s --model %s",
        words(),
        model);
  }
}
