{{- define "elyco.name" -}}
{{- if contains "elyco" .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-elyco" .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "elyco.selector" -}}
app.kubernetes.io/name: elyco
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "elyco.labels" -}}
{{ include "elyco.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
{{- end -}}

{{- define "elyco.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/* What every pod has in common: it is nobody, owns nothing and can change nothing. */}}
{{- define "elyco.pod" -}}
serviceAccountName: {{ include "elyco.name" . }}
automountServiceAccountToken: false
# Without this, Kubernetes names each service in a variable, and those with our prefix are no settings.
enableServiceLinks: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  seccompProfile:
    type: RuntimeDefault
volumes:
  - name: tmp
    emptyDir:
      sizeLimit: 2Gi
{{- end -}}

{{- define "elyco.container" -}}
image: {{ include "elyco.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
volumeMounts:
  - name: tmp
    mountPath: /tmp
{{- end -}}

{{/* One variable from the Secret: name, key, and whether the key may be missing. */}}
{{- define "elyco.secretEnv" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .root.Values.secret.name }}
      key: {{ .key }}
      {{- if .optional }}
      optional: true
      {{- end }}
{{- end -}}

{{- define "elyco.env" -}}
{{- $keys := .Values.secret.keys -}}
{{ include "elyco.secretEnv" (dict "root" . "name" "ELYCO_SECRET" "key" $keys.secret) }}
{{ include "elyco.secretEnv" (dict "root" . "name" "ELYCO_DATABASE_URL" "key" $keys.databaseURL) }}
{{ include "elyco.secretEnv" (dict "root" . "name" "ELYCO_DATABASE_IMPORT_URL" "key" $keys.databaseImportURL) }}
{{ include "elyco.secretEnv" (dict "root" . "name" "ELYCO_S3_ACCESS_KEY" "key" $keys.s3AccessKey) }}
{{ include "elyco.secretEnv" (dict "root" . "name" "ELYCO_S3_SECRET_KEY" "key" $keys.s3SecretKey) }}
{{ include "elyco.secretEnv" (dict "root" . "name" "ELYCO_SMTP_PASSWORD" "key" $keys.smtpPassword "optional" true) }}
{{- if .Values.sms.url }}
{{ include "elyco.secretEnv" (dict "root" . "name" "ELYCO_SMS_KEY" "key" $keys.smsKey) }}
{{- end }}
{{- if .Values.voice.url }}
{{ include "elyco.secretEnv" (dict "root" . "name" "ELYCO_VOICE_KEY" "key" $keys.voiceKey) }}
{{- end }}
{{ include "elyco.secretEnv" (dict "root" . "name" "ELYCO_PUSH_KEY" "key" $keys.pushKey "optional" true) }}
{{- end -}}

{{- define "elyco.spread" -}}
- maxSkew: 1
  topologyKey: {{ .key }}
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include "elyco.selector" .root | nindent 6 }}
      app.kubernetes.io/component: {{ .component }}
{{- end -}}
