package org.dl4jsnn.event.data;

import java.util.List;

/** The published data sets that the library reads. */
public final class DataSetCatalogue {

  private static final List<DataSetFacts> ALL =
      List.of(
          Cifar10Dvs.FACTS,
          DvsGesture.FACTS,
          EsImageNet.FACTS,
          NCaltech101.FACTS,
          NCars.FACTS,
          NMnist.FACTS,
          HeidelbergSpikes.SHD,
          HeidelbergSpikes.SSC);

  private DataSetCatalogue() {}

  /**
   * All data sets.
   *
   * @return their facts: camera recordings sorted by name, then spoken words
   */
  public static List<DataSetFacts> all() {
    return ALL;
  }
}
