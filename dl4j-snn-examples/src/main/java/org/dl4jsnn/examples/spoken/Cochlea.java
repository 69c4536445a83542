package org.dl4jsnn.examples.spoken;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.dl4jsnn.event.cochlea.CochleaFile;
import org.dl4jsnn.event.cochlea.CochleaSpikes;

/**
 * A model of the inner ear: sound to the spikes of 700 channels (equations 56 to 60 of
 * docs/mathematics.md). Gammatone filters with equally spaced centres on the scale of equivalent
 * rectangular bandwidths, half-wave rectification, compression, and one leaky integrate-and-fire
 * neuron per channel.
 *
 * <p>Sources: R. Patterson et al., "Complex sounds and auditory images", Auditory Physiology and
 * Perception, 1992 (the filter); B. Glasberg and B. Moore, "Derivation of auditory filter shapes
 * from notched-noise data", Hearing Research 47, 1990 (bandwidths). The neuron and its parameters
 * are this project's; the model of the Heidelberg Digits is more detailed.
 */
final class Cochlea {

  private static final int CHANNELS = CochleaFile.CHANNELS;

  /** Samples per neuron step, 0.5 ms. */
  static final int SAMPLES_A_STEP = 11;

  private static final double LOWEST = 60;
  private static final double HIGHEST = 8_000;

  /** Milliseconds per neuron step. */
  private static final double MILLISECONDS = 1e3 * SAMPLES_A_STEP / Speech.Wave.RATE;

  /** The membrane's time constant, in ms. */
  private static final double TIME_CONSTANT = 10;

  /** Refractory steps after a spike, 2 ms. */
  private static final int REFRACTORY = 4;

  /** θ, and the relative variation of a neuron's threshold between spikes. */
  private static final double THRESHOLD = 0.4;

  private static final double VARIATION = 0.2;

  private final GammatoneBank filters;

  Cochlea() {
    filters = new GammatoneBank(centres(), Speech.Wave.RATE);
  }

  /** The channels' centres, in Hz, ascending. */
  static double[] centres() {
    double lowest = erbNumber(LOWEST);
    double apart = (erbNumber(HIGHEST) - lowest) / (CHANNELS - 1);
    double[] centres = new double[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      centres[c] = frequency(lowest + c * apart);
    }
    return centres;
  }

  /** The number of equivalent rectangular bandwidths below a frequency in Hz. */
  private static double erbNumber(double frequency) {
    return 21.4 * Math.log10(1 + 0.00437 * frequency);
  }

  private static double frequency(double erbNumber) {
    return (Math.pow(10, erbNumber / 21.4) - 1) / 0.00437;
  }

  /** The spikes of a sound, whose root mean square is 1 if it is loud. */
  CochleaSpikes spikes(float[] sound, RandomGenerator random) {
    SpikeList spikes = new SpikeList();
    GammatoneBank.State state = filters.start();
    Neurons neurons = new Neurons(random);
    float[] rectified = new float[CHANNELS];
    for (int step = 0; step < sound.length / SAMPLES_A_STEP; step++) {
      state.rectified(sound, step * SAMPLES_A_STEP, SAMPLES_A_STEP, rectified);
      neurons.step(rectified, (float) ((step + 1) * MILLISECONDS / 1e3), spikes);
    }
    return spikes.asSpikes();
  }

  /** One neuron per channel. */
  private static final class Neurons {

    private static final float KEPT = (float) Math.exp(-MILLISECONDS / TIME_CONSTANT);

    private final RandomGenerator random;
    private final float[] membranes = new float[CHANNELS];
    private final float[] thresholds = new float[CHANNELS];
    private final int[] resting = new int[CHANNELS];

    Neurons(RandomGenerator random) {
      this.random = random;
      for (int c = 0; c < CHANNELS; c++) {
        thresholds[c] = threshold();
      }
    }

    private float threshold() {
      return (float) (THRESHOLD * (1 + VARIATION * (2 * random.nextDouble() - 1)));
    }

    void step(float[] rectified, float time, SpikeList spikes) {
      for (int c = 0; c < CHANNELS; c++) {
        if (resting[c] > 0) {
          resting[c]--;
          continue;
        }
        // The fourth root is close to a cochlea's compression.
        float drive = (float) Math.sqrt(Math.sqrt(rectified[c]));
        membranes[c] = KEPT * membranes[c] + (1 - KEPT) * drive;
        if (membranes[c] > thresholds[c]) {
          spikes.add(time, c);
          membranes[c] = 0;
          thresholds[c] = threshold();
          resting[c] = REFRACTORY;
        }
      }
    }
  }

  /** A growing list of spikes. */
  private static final class SpikeList {

    private static final int FIRST_CAPACITY = 8_192;

    private float[] times = new float[FIRST_CAPACITY];
    private int[] channels = new int[FIRST_CAPACITY];
    private int size;

    void add(float time, int channel) {
      if (size == times.length) {
        times = Arrays.copyOf(times, 2 * size);
        channels = Arrays.copyOf(channels, 2 * size);
      }
      times[size] = time;
      channels[size++] = channel;
    }

    CochleaSpikes asSpikes() {
      return new CochleaSpikes(Arrays.copyOf(times, size), Arrays.copyOf(channels, size));
    }
  }
}
