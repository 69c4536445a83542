package org.dl4jsnn.model;

import java.io.File;
import java.io.IOException;
import org.deeplearning4j.util.ModelSerializer;

/** A program that loads a model with Deeplearning4j's own loader. */
final class LoadsModel {

  static final String BEFORE = "loading";
  static final String AFTER = "caught";

  private LoadsModel() {}

  public static void main(String[] args) throws IOException {
    System.out.println(BEFORE);
    try {
      ModelSerializer.restoreMultiLayerNetwork(new File(args[0]));
    } catch (Throwable e) {
      System.out.println(AFTER + " " + e);
    }
  }
}
