package org.dl4jsnn.asf;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.ReadOutActivation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * A task that has to be learned: six digits in a font of 3×5 pixels, at four places of an image of
 * 8×8, on noise. A network that guesses is right in 17 % of the images.
 */
final class Glyphs {

  private static final int SIDE = 8;
  private static final int WIDTH = 3;
  private static final int HEIGHT = 5;

  private static final String[] FONT = {
    "### #.# #.# #.# ###",
    ".#. ##. .#. .#. ###",
    "### ..# ### #.. ###",
    "#.# #.# ### ..# ..#",
    "### ..# ..# ..# ..#",
    "### #.# ### #.# ###",
  };

  private Glyphs() {}

  /** Images of a seed. */
  static DataSet images(int samples, long seed) {
    Random random = new Random(seed);
    float[] pixels = new float[samples * SIDE * SIDE];
    float[] labels = new float[samples * FONT.length];
    for (int sample = 0; sample < samples; sample++) {
      int label = random.nextInt(FONT.length);
      labels[sample * FONT.length + label] = 1;
      draw(FONT[label].split(" "), random, pixels, sample * SIDE * SIDE);
    }
    return new DataSet(
        Nd4j.create(pixels, new long[] {samples, 1, SIDE, SIDE}, 'c'),
        Nd4j.create(labels, new long[] {samples, FONT.length}, 'c'));
  }

  private static void draw(String[] glyph, Random random, float[] pixels, int offset) {
    for (int i = 0; i < SIDE * SIDE; i++) {
      pixels[offset + i] = 0.15f * random.nextFloat();
    }
    int top = 1 + random.nextInt(2);
    int left = 2 + random.nextInt(2);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        if (glyph[y].charAt(x) == '#') {
          pixels[offset + (top + y) * SIDE + left + x] = 0.7f + 0.3f * random.nextFloat();
        }
      }
    }
  }

  static List<DataSet> minibatches(int samples, int batch, long seed) {
    return SmallNetworks.minibatches(images(samples, seed), batch);
  }

  /** Convolution, pooling, dense, read-out; untrained. */
  static MultiLayerNetwork network(BackpropRule rule, long seed) {
    return network(rule, seed, null);
  }

  /** The same with normalised currents in the convolution. */
  static MultiLayerNetwork normalized(BackpropRule rule, long seed) {
    return network(rule, seed, new CurrentNormalization());
  }

  private static MultiLayerNetwork network(
      BackpropRule rule, long seed, CurrentNormalization normalization) {
    MultiLayerConfiguration configuration =
        Networks.list(
                SmallNetworks.settings().seed(seed),
                InputType.convolutional(SIDE, SIDE, 1),
                SpikeEncoding.direct(8).build(),
                new SpikingConvolution2D.Builder(3, 3)
                    .nOut(12)
                    .normalization(normalization)
                    .build(),
                new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).build(),
                new SpikingDense.Builder().nOut(60).build(),
                new OutputLayer.Builder(new LossL2())
                    .nOut(FONT.length)
                    .activation(new ReadOutActivation(1))
                    .hasBias(false)
                    .build())
            .build();
    BackpropRules.apply(configuration, rule);
    return Networks.of(configuration);
  }
}
