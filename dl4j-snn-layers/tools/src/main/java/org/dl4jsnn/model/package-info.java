/**
 * Untrusted models: loads a model's file, or a configuration, with a list of allowed classes and
 * with size limits. Deeplearning4j's {@code ModelSerializer} loads any class that the file names
 * and trusts any size that it claims.
 *
 * <pre>
 *  file ──► ModelArchive ──► configuration.json ──► ConfigurationText ──► Deeplearning4j
 *               │            names, sizes           AllowedClasses
 *               └──────────► coefficients.bin, updaterState.bin ──► ArrayEntry ──► ND4J
 *                                                                   its size is that of the network
 * </pre>
 */
package org.dl4jsnn.model;
