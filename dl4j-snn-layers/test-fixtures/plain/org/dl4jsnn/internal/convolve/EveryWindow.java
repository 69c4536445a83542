package org.dl4jsnn.internal.convolve;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A test of windows side by side, that overlap along one axis or both, and with gaps, on 9 rows and
 * 7 columns: rows of the window and their stride, columns and their stride.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@CsvSource({
  "2, 2, 2, 2",
  "3, 3, 2, 2",
  "3, 3, 3, 3",
  "2, 3, 2, 4",
  "3, 2, 2, 2",
  "2, 2, 3, 1",
  "3, 2, 3, 2",
  "1, 1, 1, 1",
  "9, 9, 7, 7"
})
@interface EveryWindow {}
