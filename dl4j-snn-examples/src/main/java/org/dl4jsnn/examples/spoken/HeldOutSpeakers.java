package org.dl4jsnn.examples.spoken;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.dl4jsnn.event.cochlea.CochleaFile;
import org.dl4jsnn.examples.support.UserError;

/** Chooses speakers to hold out of training. */
final class HeldOutSpeakers {

  private HeldOutSpeakers() {}

  /** The last speakers, as many as needed for at least the given number of words. */
  static Set<Integer> of(CochleaFile file, int words) {
    List<Integer> speakers = file.speakers();
    Set<Integer> chosen = new TreeSet<>();
    int held = 0;
    for (int i = speakers.size() - 1; held < words; i--) {
      if (i < 1) {
        throw new UserError(
            "--hold-out must leave a speaker of "
                + file
                + " to train with, got "
                + words
                + " words to hold out, which takes all speakers");
      }
      int speaker = speakers.get(i);
      chosen.add(speaker);
      held += file.samplesOf(number -> number == speaker).size();
    }
    return chosen;
  }
}
