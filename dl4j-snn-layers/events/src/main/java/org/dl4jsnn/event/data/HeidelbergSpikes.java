package org.dl4jsnn.event.data;

import java.util.Map;
import java.util.Optional;

/**
 * Facts of the Heidelberg spiking data sets: spoken words as spikes of 700 channels, read by {@code
 * org.dl4jsnn.event.cochlea}.
 */
public final class HeidelbergSpikes {

  private static final String CITATION =
      "Cramer et al., IEEE Transactions on Neural Networks and Learning Systems 33, 2022";

  private static final String SOURCE = "https://zenkelab.org/datasets/";
  private static final String LICENCE = "CC BY 4.0";

  /** Heidelberg Digits: 0 to 9 in English and German. */
  public static final DataSetFacts SHD =
      new DataSetFacts(
          "SHD",
          20,
          8156,
          0,
          2264,
          Optional.empty(),
          "HDF5: spoken digits, 700 channels",
          LICENCE,
          CITATION,
          SOURCE,
          Map.of(
              "shd_train.h5.zip", "f3252aeb598ac776c1b526422d90eecb",
              "shd_test.h5.zip", "1503a5064faa34311c398fb0a1ed0a6f"));

  /** Spiking Speech Commands: words of Google's Speech Commands. */
  public static final DataSetFacts SSC =
      new DataSetFacts(
          "SSC",
          35,
          75_466,
          9981,
          20_382,
          Optional.empty(),
          "HDF5: spoken commands, 700 channels",
          LICENCE,
          CITATION,
          SOURCE,
          Map.of(
              "ssc_train.h5.zip", "d102be95e7144fcc0553d1f45ba94170",
              "ssc_valid.h5.zip", "b4eee3516a4a90dd0c71a6ac23a8ae43",
              "ssc_test.h5.zip", "a35ff1e9cffdd02a20eb850c17c37748"));

  private HeidelbergSpikes() {}
}
