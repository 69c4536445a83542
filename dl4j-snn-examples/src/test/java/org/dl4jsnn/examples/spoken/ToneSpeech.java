package org.dl4jsnn.examples.spoken;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Threads;

/** Says words as two tones, one after the other, if there is no espeak-ng. */
final class ToneSpeech implements Speech {

  private static final double SECONDS = 0.2;

  /** A small set: 2 voices to train with, 1 to test with, each word once. */
  static void makeSet(Path folder, int threads) throws IOException, InterruptedException {
    MakeCommand.SpokenSet set =
        new MakeCommand.SpokenSet(
            new WordPlan(1, 30, 20, 7),
            new ToneSpeech(),
            new Output(new PrintWriter(Writer.nullWriter())));
    try {
      Threads.inPool(threads, () -> set.make(folder, 2, 1));
    } catch (IllegalStateException e) {
      throw new IOException(e);
    }
  }

  @Override
  public float[] say(Speech.Utterance utterance) {
    int label = Voice.Language.words().indexOf(utterance.word());
    float[] sound = new float[(int) (2 * SECONDS * Speech.Wave.RATE)];
    tone(sound, 0, 300 + 100 * (label % 5));
    tone(sound, sound.length / 2, 1_000 + 400 * (label / 5));
    return sound;
  }

  private static void tone(float[] sound, int first, double frequency) {
    for (int i = 0; i < sound.length / 2; i++) {
      sound[first + i] = (float) Math.sin(2 * Math.PI * frequency * i / Speech.Wave.RATE);
    }
  }
}
