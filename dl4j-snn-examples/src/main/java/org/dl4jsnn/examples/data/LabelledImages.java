package org.dl4jsnn.examples.data;

import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Images with known classes. */
interface LabelledImages {

  int size();

  /** All images in order. */
  DataSetIterator inOrder(int batch);
}
